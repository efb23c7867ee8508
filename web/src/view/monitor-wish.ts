import { formatDuration } from "@leeway/core/duration";
import type { Monitor } from "@leeway/core/records";

/** MonitorFields are the fields of the form of a monitor as texts; what is not filled in is empty. */
export interface MonitorFields {
  model: string;
  kind: string;
  version: string;
  environment: string;
  window: string;
  /** `name=value` pairs, separated by commas; `%2C`, `%3D` and `%25` stand for a comma, an equals sign and a percent sign. */
  segment: string;
  /** Names, separated by commas; `%2C` stands for a comma in a name. */
  features: string;
  minimum_count: string;
  severity: string;
  psi: string;
  joint_auc: string;
  metric: string;
  minimum: string;
  maximum: string;
  threshold_ms: string;
  /** Percent. */
  target: string;
  period: string;
  channels: readonly string[];
  enabled: boolean;
}

type Wish = Record<string, unknown>;

const EMPTY: MonitorFields = {
  ...{ model: "", kind: "drift", version: "", environment: "production", window: "1d", segment: "" },
  ...{ features: "", minimum_count: "30", severity: "", psi: "", joint_auc: "", metric: "", minimum: "" },
  ...{ maximum: "", threshold_ms: "", target: "", period: "30d", channels: [], enabled: true },
};

/** fieldsOfMonitor returns the fields of the form for a stored monitor, or for a new one with what is known of it already. */
export function fieldsOfMonitor(known: Partial<Monitor>): MonitorFields {
  const { thresholds = {}, objective } = known;
  const text = (value: number | undefined) => (value === undefined ? "" : String(value));
  return {
    ...EMPTY,
    model: known.model ?? "",
    kind: known.kind ?? EMPTY.kind,
    version: known.version ?? "",
    environment: known.environment ?? EMPTY.environment,
    window:
      known.window === undefined
        ? known.kind === "latency_slo"
          ? "5m"
          : "1d"
        : formatDuration(known.window),
    segment: Object.entries(known.segment ?? {})
      .map((pair) => pair.map(escaped).join("="))
      .join(", "),
    features: (known.features ?? []).map(escaped).join(", "),
    minimum_count: text(known.minimum_count) || EMPTY.minimum_count,
    severity: known.severity ?? "",
    psi: text(thresholds.psi),
    joint_auc: text(thresholds.joint_auc),
    metric: thresholds.metric ?? "",
    minimum: text(thresholds.minimum),
    maximum: text(thresholds.maximum),
    threshold_ms: text(objective?.threshold_ms),
    target: objective === undefined ? "" : String(Number((objective.target * 100).toPrecision(9))),
    period: objective === undefined ? EMPTY.period : formatDuration(objective.period),
    channels: known.channels ?? [],
    enabled: known.enabled ?? true,
  };
}

/** monitorWish returns the body that asks for the monitor of the form, with what of `stored` the form does not show. */
export function monitorWish(fields: MonitorFields, stored: Partial<Monitor> = {}): Wish {
  const { kind } = fields;
  const { text_shift, embedding_mmd } = stored.thresholds ?? {};
  const thresholds = filled({
    ...(kind === "drift"
      ? { psi: number(fields.psi), joint_auc: number(fields.joint_auc), text_shift, embedding_mmd }
      : {}),
    ...(kind === "performance"
      ? {
          metric: fields.metric.trim(),
          minimum: number(fields.minimum),
          maximum: number(fields.maximum),
        }
      : {}),
  });
  const target = number(fields.target);
  const objective = filled({
    threshold_ms: number(fields.threshold_ms),
    target: typeof target === "number" ? Number((target / 100).toPrecision(12)) : target,
    period: fields.period.trim(),
  });
  return filled({
    model: fields.model.trim(),
    kind,
    version: fields.version.trim(),
    environment: fields.environment,
    window: fields.window.trim(),
    segment: segmentOf(fields.segment),
    features: names(fields.features),
    thresholds: empty(thresholds),
    objective: kind === "latency_slo" ? empty(objective) : undefined,
    minimum_count: number(fields.minimum_count),
    channels: fields.channels.length === 0 ? undefined : fields.channels,
    severity: fields.severity,
    hold_firing: stored.hold_firing,
    hold_resolved: stored.hold_resolved,
    damping: stored.damping,
    burn_in: stored.burn_in,
    enabled: fields.enabled,
  });
}

function filled(wish: Wish): Wish {
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== "" && value !== undefined));
}

function empty(wish: Wish): Wish | undefined {
  return Object.keys(wish).length === 0 ? undefined : wish;
}

/** A text that is no number goes to the server as it is: it says what is wrong with it, under the name of the field. */
function number(text: string): number | string | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : trimmed;
}

// As core writes the key of a segment; its module brings zod, which no page's script may.
const ESCAPE = /[,=]|%(?=2C|3D|25)/gi;
const ESCAPED = /%(?:2C|3D|25)/gi;

function escaped(text: string): string {
  return text.replace(ESCAPE, encodeURIComponent);
}

function unescaped(text: string): string {
  return text.trim().replace(ESCAPED, decodeURIComponent);
}

function names(text: string): string[] | undefined {
  const all = parts(text).map(unescaped);
  return all.length === 0 ? undefined : all;
}

// A text that is no segment goes to the server as it is, too.
function segmentOf(text: string): Record<string, string> | string | undefined {
  const pairs = parts(text).map((part) => part.split("=").map(unescaped));
  if (pairs.length === 0) return undefined;
  return pairs.every((pair) => pair.length === 2) ? Object.fromEntries(pairs) : text;
}

function parts(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** monitorYaml returns the same wish as a file for `leeway apply`. */
export function monitorYaml(id: string, wish: Wish): string {
  const lines = Object.entries(wish).map(([name, value]) => `    ${name}: ${yamlValue(value)}`);
  return ["monitors:", `  ${yamlValue(id)}:`, ...lines, ""].join("\n");
}

const PLAIN = /^(?!(?:true|false|yes|no|on|off|null|y|n)$)[A-Za-z][\w.-]*$|^\d+[smhd]$/i;

function yamlValue(value: unknown): string {
  if (typeof value === "string") return PLAIN.test(value) ? value : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(yamlValue).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const parts = Object.entries(value).map(([name, one]) => `${yamlValue(name)}: ${yamlValue(one)}`);
    return `{ ${parts.join(", ")} }`;
  }
  return String(value);
}
