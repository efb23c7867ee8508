import { z } from "zod";
import { dispersionSchema } from "../../evaluation/index.ts";
import type { FeatureProfile, WindowProfile } from "../../profile/index.ts";
import type { ReferenceFeature } from "../../records/index.ts";
import { type AbsentRows, absentContrast } from "./contrast.ts";
import type { ReferenceDeviation } from "./estimate-dispersion.ts";
import { measureVariation, type OwnVariation } from "./own-variation.ts";
import { profileOf } from "./profile-of.ts";

/** unseenBaselineSchema is how many values are new where nothing has changed: in windows of the reference, each compared with all others. */
export const unseenBaselineSchema = z.object({
  /** Rows whose value was looked up, and those of them that no other window has. */
  rows: z.number(),
  unseen: z.number(),
  /** The largest share of one window; without windows the mean. */
  largest: z.number(),
  /** Windows that show it; 0 where it follows from the values that the reference has once. */
  windows: z.number().int(),
});

/** unseenBarSchema is what the share of unseen values of a window is compared with. */
export const unseenBarSchema = unseenBaselineSchema.extend({ dispersion: dispersionSchema });

export type UnseenBaseline = z.infer<typeof unseenBaselineSchema>;
export type UnseenBar = z.infer<typeof unseenBarSchema>;

/** unseenRows returns how many of a window's values were looked up and how many of those were unseen, in rows (weights rescaled). O(1). */
export function unseenRows(
  profile: FeatureProfile | undefined,
  window: { rows: number; count: number },
): AbsentRows {
  const scale = window.count > 0 ? window.rows / window.count : 0;
  const { known = 0, unseen = 0 } = profile?.lookups ?? {};
  return { absent: unseen * scale, rows: (known + unseen) * scale };
}

/**
 * measureUnseenShares returns the share of values that are new in a window of the reference and how it varies from window to window: each window is compared
 * with all the others, never with none. With fewer than two windows the share is that of the values that the reference has once (Good–Turing), and
 * nothing is known of its variation. Undefined for features whose values are all named, or not kept. O(windows · features).
 */
export function measureUnseenShares(
  reference: ReferenceFeature,
  referenceWindows: readonly WindowProfile[],
  windowMs: number,
): { baseline: UnseenBaseline; variation: OwnVariation | undefined } | undefined {
  const { vocabulary } = reference;
  if (vocabulary === undefined) return undefined;
  const windows = referenceWindows
    .map((window) => ({ start: window.start, ...unseenRows(profileOf(window, reference.name), window) }))
    .filter(({ rows }) => rows > 0);
  if (windows.length < 2) {
    const share = vocabulary.rows > 0 ? vocabulary.single_rows / vocabulary.rows : 0;
    const baseline = { rows: vocabulary.rows, unseen: vocabulary.single_rows, largest: share, windows: 0 };
    return { baseline, variation: undefined };
  }
  const rows = windows.reduce((sum, window) => sum + window.rows, 0);
  const unseen = windows.reduce((sum, window) => sum + window.absent, 0);
  const contrasts = windows.map((window) =>
    absentContrast({ absent: unseen - window.absent, rows: rows - window.rows }, window),
  );
  const deviations = contrasts.map(({ difference, samplingVariance }, index): ReferenceDeviation => {
    const next = windows[index + 1];
    const isNext = next !== undefined && next.start - windows[index]!.start === windowMs;
    return {
      squared: difference ** 2,
      samplingLevel: samplingVariance,
      ...(isNext ? { productWithNext: difference * contrasts[index + 1]!.difference } : {}),
    };
  });
  return {
    baseline: {
      rows,
      unseen,
      largest: Math.max(...windows.map(({ absent, rows: own }) => absent / own)),
      windows: windows.length,
    },
    variation: measureVariation(
      deviations,
      windows.map((_, index) => index),
    ),
  };
}

/** meanUnseenShare returns the share of values (0 to 1) that is new in a window of the reference, on average. O(1). */
export function meanUnseenShare({ rows, unseen }: UnseenBaseline): number {
  return rows > 0 ? unseen / rows : 0;
}
