import type { SourceName } from "@leeway/core/quantities";
import { sourceMetrics } from "@leeway/core/quantities";
import type { QuantitySeries } from "./read-quantities.ts";

/** AssignRule says which series belong to which model: labels that must match, and templates such as `${version}`. */
export interface AssignRule {
  readonly when: ReadonlyMap<string, RegExp>;
  readonly model?: string | undefined;
  readonly version?: string | undefined;
  readonly replica?: string | undefined;
}

/** Placed is what is known of a target beside its series. */
export interface Placed {
  readonly model?: string | undefined;
  readonly version?: string | undefined;
  readonly replica?: string | undefined;
  /** Host and port, or the pod: the replica where nothing else names it. */
  readonly name: string;
  /** Labels that become attributes of every sample. */
  readonly labels: Readonly<Record<string, string>>;
  /** Labels that only rules see, such as those of a pod. */
  readonly meta: Readonly<Record<string, string>>;
}

/** Assigned is whose a series is; without a model it is nobody's. */
export interface Assigned {
  readonly model: string | undefined;
  readonly version: string | undefined;
  readonly replica: string;
  readonly attributes: Record<string, string>;
}

const LONGEST_NAME = 128;
const LONGEST_TEXT = 256;
const MOST_ATTRIBUTES = 60;
/** Neither control characters nor halves of surrogate pairs can be stored. */
const UNWRITABLE = /[\p{Cc}\p{Cs}]/gu;

/**
 * assignSeries decides whose a series is. What the target says of itself counts first, then the first rule that matches and yields a model, then the labels
 * in which the engine names its model. Whatever names neither tells the series apart from others, as attributes. O(labels + rules).
 */
export function assignSeries(series: QuantitySeries, placed: Placed, rules: readonly AssignRule[]): Assigned {
  const metrics = sourceMetrics(series.source);
  const { labels } = series;
  const rule = ruleFor(series, placed, rules);
  const first = (names: readonly string[] | undefined) => names?.map((name) => labels[name]).find(Boolean);
  const model = nameText(placed.model ?? rule?.model ?? first(metrics.model));
  const version =
    model === undefined ? undefined : nameText(placed.version ?? rule?.version ?? first(metrics.version));
  const replica =
    nameText(placed.replica ?? rule?.replica ?? first(metrics.replica) ?? placed.name) ?? "unknown";
  return { model, version, replica, attributes: attributesOf(series, placed, [model, version, replica]) };
}

interface Yield {
  readonly model: string;
  readonly version: string | undefined;
  readonly replica: string | undefined;
}

function ruleFor(series: QuantitySeries, placed: Placed, rules: readonly AssignRule[]): Yield | undefined {
  if (rules.length === 0) return undefined;
  const labelOf = (name: string): string => {
    if (name === "source") return series.source satisfies SourceName;
    return series.labels[name] ?? placed.labels[name] ?? placed.meta[name] ?? "";
  };
  for (const rule of rules) {
    if (![...rule.when].every(([name, pattern]) => pattern.test(labelOf(name)))) continue;
    const model = fill(rule.model, labelOf) ?? placed.model;
    if (model === undefined) continue;
    return { model, version: fill(rule.version, labelOf), replica: fill(rule.replica, labelOf) };
  }
  return undefined;
}

// A template of which a label is missing yields nothing, so that no model is called "-".
function fill(template: string | undefined, labelOf: (name: string) => string): string | undefined {
  if (template === undefined) return undefined;
  let isWhole = true;
  const text = template.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
    const value = labelOf(name);
    if (value === "") isWhole = false;
    return value;
  });
  return isWhole && text !== "" ? text : undefined;
}

function attributesOf(
  series: QuantitySeries,
  placed: Placed,
  named: readonly (string | undefined)[],
): Record<string, string> {
  const metrics = sourceMetrics(series.source);
  const naming = [...(metrics.model ?? []), ...(metrics.version ?? []), ...(metrics.replica ?? [])];
  const attributes: Record<string, string> = { source: series.source };
  let count = 1;
  const add = (name: string, value: string): void => {
    if (value === "" || count >= MOST_ATTRIBUTES || name === "__proto__") return;
    if (!(name in attributes)) count++;
    attributes[name.slice(0, LONGEST_NAME)] = lineText(value);
  };
  for (const name in placed.labels) add(name, placed.labels[name] as string);
  for (const name in series.labels) {
    const value = series.labels[name] as string;
    if (naming.includes(name) && named.includes(value)) continue;
    add(metrics.attributes?.[name] ?? name, value);
  }
  for (const name in series.attributes) add(name, series.attributes[name] as string);
  return attributes;
}

function lineText(text: string): string {
  return text.slice(0, LONGEST_TEXT).replace(UNWRITABLE, " ");
}

function nameText(text: string | undefined): string | undefined {
  const name = text === undefined ? "" : lineText(text.slice(0, LONGEST_NAME));
  return name === "" || name === "__proto__" ? undefined : name;
}
