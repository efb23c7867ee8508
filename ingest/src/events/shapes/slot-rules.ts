import { SLOT_TAGS } from "@leeway/store";

/** The rules by which a slot's value is taken on the quick way; they take nothing that the wire schema refuses. */
export const SLOT_RULES = {
  id: 0,
  timestamp: 1,
  feature: 2,
  label: 3,
  share: 4,
  number: 5,
  amount: 6,
  weight: 7,
  error: 8,
  tag: 9,
} as const;

export type SlotRule = (typeof SLOT_RULES)[keyof typeof SLOT_RULES];

/** fitsRule says whether a value (its tag, and where that is a number's the number) may stand in a slot of `rule`. */
export function fitsRule(rule: SlotRule, tag: number, value: number): boolean {
  switch (rule) {
    case SLOT_RULES.feature:
      return tag === SLOT_TAGS.number ? Number.isFinite(value) : tag <= 8_192;
    case SLOT_RULES.id:
      return tag >= 1 && tag <= 256;
    case SLOT_RULES.timestamp:
      return tag === SLOT_TAGS.number || (tag >= 1 && tag <= 64);
    case SLOT_RULES.label:
      if (tag === SLOT_TAGS.number) return Number.isFinite(value);
      return tag === SLOT_TAGS.true || tag === SLOT_TAGS.false || (tag >= 1 && tag <= 256);
    case SLOT_RULES.share:
      return tag === SLOT_TAGS.number && value >= 0 && value <= 1;
    case SLOT_RULES.number:
      return tag === SLOT_TAGS.number && Number.isFinite(value);
    case SLOT_RULES.amount:
      return tag === SLOT_TAGS.number && value >= 0 && Number.isFinite(value);
    case SLOT_RULES.weight:
      return tag === SLOT_TAGS.number && value >= 1 && value <= 1e6;
    case SLOT_RULES.error:
      return tag >= 0 && tag <= 2_048;
    case SLOT_RULES.tag:
      return tag >= 0 && tag <= 256;
    default:
      return rule satisfies never;
  }
}
