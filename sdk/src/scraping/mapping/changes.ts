import {
  findReadings,
  namesOf,
  type Quantity,
  type SourceName,
  sourceMetrics,
} from "@leeway/core/quantities";
import type { Exposition, FamilyType } from "../exposition/exposition.ts";
import { intern } from "./intern.ts";
import type { QuantitySeries } from "./read-quantities.ts";

/** Seen is what a target's last scrape gave, by which the next one's changes are known. */
export interface Seen {
  /** The metrics of each quantity, by `source quantity`. */
  readonly given: ReadonlyMap<string, ReadonlySet<string>>;
  readonly names: ReadonlyMap<string, FamilyType>;
  readonly declared: ReadonlySet<string>;
  readonly guessed: ReadonlySet<string>;
}

/** Change is what happened to a quantity between two scrapes. */
export interface Change {
  readonly kind: "renamed" | "gone" | "missing" | "back" | "guessed";
  readonly source: SourceName;
  readonly quantity: Quantity;
  /** The metric that gave it, or would have. */
  readonly metric: string;
  /** The metric that gives it now, or likely does under a new name. */
  readonly likely: string | undefined;
}

/** seenOf returns what is to be remembered of a scrape. O(series). */
export function seenOf(exposition: Exposition, series: readonly QuantitySeries[]): Seen {
  const given = new Map<string, Set<string>>();
  const guessed = new Set<string>();
  for (const { source, quantity, metric, isGuess } of series) {
    const key = intern(`${source} ${quantity}`);
    const metrics = given.get(key);
    if (metrics === undefined) given.set(key, new Set([intern(metric)]));
    else metrics.add(intern(metric));
    if (isGuess) guessed.add(key);
  }
  const names = new Map<string, FamilyType>();
  for (const [name, type] of exposition.present) names.set(intern(name), type);
  return { given, guessed, names, declared: new Set([...exposition.declared].map(intern)) };
}

/**
 * changesBetween returns the quantities that a scrape gives under another name, no longer, or again. At the first scrape it returns what every version of
 * the source gives and this one does not. A family that is declared and has no sample yet is not gone. O(quantities × new names).
 */
export function changesBetween(before: Seen | undefined, now: Seen, missing: ReadonlySet<string>): Change[] {
  const changes: Change[] = [];
  for (const [key, metrics] of before?.given ?? []) {
    const [source, quantity] = splitKey(key);
    const gone = [...metrics].filter((metric) => !isThere(metric, now));
    if (gone.length < metrics.size || gone[0] === undefined) continue;
    const successor = [...(now.given.get(key) ?? [])][0];
    const likely = successor ?? likelyName(source, quantity, gone[0], now, before);
    const kind = successor === undefined ? "gone" : "renamed";
    changes.push({ kind, source, quantity, metric: gone[0], likely });
  }
  for (const [key, metrics] of now.given) {
    const [source, quantity] = splitKey(key);
    const [metric = ""] = metrics;
    const isNew = before === undefined || !before.given.has(key);
    if (missing.has(key)) changes.push({ kind: "back", source, quantity, metric, likely: metric });
    else if (now.guessed.has(key) && isNew) {
      changes.push({ kind: "guessed", source, quantity, metric, likely: metric });
    }
  }
  return before === undefined ? [...changes, ...missingAtFirst(now)] : changes;
}

function splitKey(key: string): [SourceName, Quantity] {
  return key.split(" ") as [SourceName, Quantity];
}

function isThere(metric: string, seen: Seen): boolean {
  return seen.names.has(metric) || isDeclared(metric, seen);
}

function isDeclared(metric: string, { declared }: Seen): boolean {
  return declared.has(metric) || declared.has(metric.replace(/_total$/, ""));
}

function missingAtFirst(now: Seen): Change[] {
  const sources = new Set([...now.given.keys()].map((key) => splitKey(key)[0]));
  return [...sources].flatMap((source) =>
    sourceMetrics(source).expects.flatMap((quantity): Change[] => {
      const names = namesOf(source, quantity);
      const isKnown = now.given.has(`${source} ${quantity}`) || names.some((name) => isThere(name, now));
      const [metric = ""] = names;
      if (isKnown) return [];
      return [
        { kind: "missing", source, quantity, metric, likely: likelyName(source, quantity, metric, now) },
      ];
    }),
  );
}

const LEAST_ALIKE = 0.3;

/** Of the source's names that are new and known for nothing else, the one whose words are most like the old one's. */
function likelyName(
  source: SourceName,
  quantity: Quantity,
  metric: string,
  now: Seen,
  before?: Seen,
): string | undefined {
  const { prefixes } = sourceMetrics(source);
  const type = before?.names.get(metric);
  let best: { name: string; alike: number } | undefined;
  for (const [name, nameType] of now.names) {
    if (before?.names.has(name) || !prefixes.some((prefix) => name.startsWith(prefix))) continue;
    if (findReadings(name).some((known) => known.quantity !== quantity)) continue;
    if (type !== undefined && nameType !== "unknown" && nameType !== type) continue;
    const alike = alikeness(metric, name);
    if (alike >= LEAST_ALIKE && alike > (best?.alike ?? 0)) best = { name, alike };
  }
  return best?.name;
}

function alikeness(one: string, other: string): number {
  const [ours, theirs] = [wordsOf(one), wordsOf(other)];
  const shared = [...ours].filter((word) => theirs.has(word)).length;
  return shared / new Set([...ours, ...theirs]).size;
}

function wordsOf(name: string): Set<string> {
  return new Set(name.toLowerCase().split(/[^a-z0-9]+/));
}

/** changeText words a change for people. */
export function changeText({ kind, source, quantity, metric, likely }: Change, target: string): string {
  const where = `${sourceMetrics(source).title} at ${target}`;
  const perhaps = likely === undefined ? "" : ` \`${likely}\` is new and may be its new name.`;
  switch (kind) {
    case "renamed":
      return `${where}: \`${metric}\` is gone; \`${likely}\` is new and gives ${quantity}.`;
    case "gone":
      return `${where}: \`${metric}\` is gone, and ${quantity} with it.${perhaps}`;
    case "missing":
      return `${where}: ${quantity} is missing; \`${metric}\` was expected.${perhaps}`;
    case "guessed":
      return `${where}: \`${metric}\` is not known by name; by its shape it is taken for ${quantity}.`;
    case "back":
      return `${where}: ${quantity} is there again, as \`${metric}\`.`;
    default:
      return kind satisfies never;
  }
}
