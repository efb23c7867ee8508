import type { Exposition, Family, FamilyType, Series } from "./exposition.ts";
import type { Composite } from "./parse-composite.ts";
import { nameEnd, parseLine, type SampleLine } from "./parse-line.ts";
import { parseValue } from "./parse-value.ts";
import { type Role, roleOf } from "./role-of.ts";

/** ReaderOptions bound a reader and say which families it keeps. */
export interface ReaderOptions {
  /** Whether the text is OpenMetrics, whose times are seconds. */
  readonly isOpenMetrics?: boolean;
  /** wants decides whether a family's series are kept; all are where it is absent. */
  readonly wants?: (metric: string, type: FamilyType) => boolean;
  /** The most series kept of one scrape. */
  readonly maxSeries?: number;
  /** The longest line; a longer one is malformed. */
  readonly maxLineLength?: number;
}

/** ExpositionReader takes a scrape in pieces, so that no more of it is in memory than what is kept. */
export interface ExpositionReader {
  push(text: string): void;
  /** looksWrong says that what came so far is no exposition: a page of HTML, a file of something else. */
  looksWrong(): boolean;
  end(): Exposition;
}

interface Target {
  readonly role: Role;
  readonly family: FamilyBuilder | null;
}

interface FamilyBuilder extends Family {
  readonly byKey: Map<string, Series>;
}

const TYPE_LINE = /^#[ \t]+TYPE[ \t]+(?:"((?:[^"\\]|\\.)*)"|(\S+))[ \t]+([a-z]+)[ \t]*$/;
const TYPES: Readonly<Record<string, FamilyType>> = {
  counter: "counter",
  gauge: "gauge",
  histogram: "histogram",
  gaugehistogram: "histogram",
  summary: "summary",
  stateset: "gauge",
  info: "gauge",
};
/** So many malformed lines before half as many good ones say that it is no exposition. */
const MALFORMED_ENOUGH = 20;

/** createExpositionReader returns a reader of the Prometheus text format and of OpenMetrics. O(length) in time, O(kept series) in memory. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: a factory: what it returns shares the state above it
export function createExpositionReader(options: ReaderOptions = {}): ExpositionReader {
  const { isOpenMetrics = false, wants = () => true, maxSeries = 100_000, maxLineLength = 65_536 } = options;
  const types = new Map<string, FamilyType>();
  const targets = new Map<string, Target>();
  const families = new Map<string, FamilyBuilder>();
  const present = new Map<string, FamilyType>();
  let rest = "";
  let isTooLong = false;
  let hasEnded = false;
  const counts = { lines: 0, malformed: 0, series: 0, left: 0 };

  function familyOf({ metric, type }: Role): FamilyBuilder | null {
    const known = families.get(metric);
    if (known !== undefined) return known;
    if (!wants(metric, type)) return null;
    const family = { metric, type, series: [], byKey: new Map<string, Series>() };
    families.set(metric, family);
    return family;
  }

  function targetOf(name: string, hasBound: boolean): Target {
    const known = targets.get(name);
    if (known !== undefined && !(known.role.isOpen && hasBound)) return known;
    const role = roleOf(name, types, present, hasBound);
    const target = { role, family: role.part === "created" ? null : familyOf(role) };
    if (role.part !== "created") present.set(role.metric, role.type);
    targets.set(name, target);
    return target;
  }

  function seriesOf(family: FamilyBuilder, labels: Readonly<Record<string, string>>): Series | null {
    const key = keyOf(labels);
    const known = family.byKey.get(key);
    if (known !== undefined) return known;
    if (counts.series >= maxSeries) {
      counts.left++;
      return null;
    }
    counts.series++;
    const series: Series = { labels };
    family.byKey.set(key, series);
    family.series.push(series);
    return series;
  }

  function readSample(line: string): void {
    const end = nameEnd(line);
    // Of a family that nobody wants, the name is enough.
    const known = targets.get(line.slice(0, end));
    if (end > 0 && known?.family === null && !known.role.isOpen) return;
    const sample = parseLine(line);
    if (sample === undefined) {
      counts.malformed++;
      return;
    }
    const { role, family } = targetOf(sample.name, sample.labels["le"] !== undefined);
    if (family === null) return;
    if (typeof sample.value === "object") keepComposite(family, sample, sample.value);
    else keepNumber(family, role, sample, sample.value);
  }

  function keepNumber(family: FamilyBuilder, role: Role, sample: SampleLine, value: number): void {
    const isPart = role.type === "histogram" || role.type === "summary";
    const dropped = !isPart ? undefined : role.type === "histogram" ? "le" : "quantile";
    const series = seriesOf(family, dropped === undefined ? sample.labels : without(sample.labels, dropped));
    if (series === null) return;
    setTime(series, sample);
    if (role.part === "sum") series.sum = value;
    else if (role.part === "count") series.count = value;
    else if (!isPart) series.value = value;
    else {
      const bound = parseValue(sample.labels[dropped as string] ?? "");
      if (bound === undefined || Number.isNaN(bound)) counts.malformed++;
      else {
        const list = role.type === "histogram" ? "buckets" : "quantiles";
        series[list] ??= [];
        series[list].push([bound, value]);
      }
    }
  }

  function keepComposite(family: FamilyBuilder, sample: SampleLine, value: Composite): void {
    const series = seriesOf(family, sample.labels);
    if (series === null) return;
    setTime(series, sample);
    // A family may write both forms; the classic buckets come with it and are kept.
    if (value.buckets.length > 0) series.buckets ??= [...value.buckets];
    if (value.quantiles.length > 0) series.quantiles = [...value.quantiles];
    if (value.sum !== undefined) series.sum = value.sum;
    if (value.count !== undefined) series.count = value.count;
  }

  function setTime(series: Series, { timestamp }: SampleLine): void {
    if (timestamp !== undefined) series.timestamp = Math.round(isOpenMetrics ? timestamp * 1_000 : timestamp);
  }

  function readComment(line: string): void {
    if (line === "# EOF") hasEnded = true;
    const match = TYPE_LINE.exec(line);
    if (match === null) return;
    const [, quoted, plain, type = ""] = match;
    types.set(quoted ?? plain ?? "", TYPES[type] ?? "unknown");
    targets.clear();
  }

  function readLine(line: string): void {
    const text = line.endsWith("\r") ? line.slice(0, -1) : line;
    if (hasEnded || text === "" || text.trim() === "") return;
    const first = text.charCodeAt(0);
    if (first === 35) readComment(text);
    else {
      counts.lines++;
      readSample(first === 32 || first === 9 ? text.trimStart() : text);
    }
  }

  function push(text: string): void {
    let start = 0;
    for (;;) {
      const end = text.indexOf("\n", start);
      if (end === -1) break;
      const line = rest === "" ? text.slice(start, end) : rest + text.slice(start, end);
      rest = "";
      if (isTooLong || line.length > maxLineLength) counts.malformed++;
      else readLine(line);
      isTooLong = false;
      start = end + 1;
    }
    rest = isTooLong ? "" : rest + text.slice(start);
    if (rest.length <= maxLineLength) return;
    isTooLong = true;
    rest = "";
  }

  return {
    push,
    looksWrong: () => {
      const wrong = counts.malformed + (isTooLong ? MALFORMED_ENOUGH : 0);
      return wrong >= MALFORMED_ENOUGH && wrong > (counts.lines - counts.malformed) / 2;
    },
    end() {
      if (isTooLong) counts.malformed++;
      else if (rest !== "") readLine(rest);
      rest = "";
      const declared = new Set([...types.keys()].filter((name) => !isPresent(name, present)));
      const { lines, malformed, left } = counts;
      return { families, present, declared, lines, malformed, left };
    },
  };
}

/** readExposition returns what a whole text says. O(length). */
export function readExposition(text: string, options: ReaderOptions = {}): Exposition {
  const reader = createExpositionReader(options);
  reader.push(text);
  return reader.end();
}

// OpenMetrics declares a counter without the `_total` of its samples.
function isPresent(declared: string, present: ReadonlyMap<string, FamilyType>): boolean {
  return present.has(declared) || present.has(`${declared}_total`);
}

function keyOf(labels: Readonly<Record<string, string>>): string {
  const names = Object.keys(labels);
  if (names.length > 1) names.sort();
  let key = "";
  for (const name of names) key += `${name}\u0000${labels[name]}\u0001`;
  return key;
}

function without(labels: Readonly<Record<string, string>>, dropped: string): Record<string, string> {
  const kept: Record<string, string> = Object.create(null);
  for (const name in labels) if (name !== dropped) kept[name] = labels[name] as string;
  return kept;
}
