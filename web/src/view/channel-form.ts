import { CHANNEL_KINDS, type Channel, type ChannelKind, showChannel } from "@leeway/core/channels";
import { formatDuration } from "@leeway/core/duration";
import { z } from "zod";
import type { ChannelField } from "./channel-wish.ts";

/** ChannelForm is the form of one kind of channel: what a person may say of it, with what it says now. */
export interface ChannelForm {
  kind: ChannelKind;
  label: string;
  fields: ChannelField[];
}

interface Property {
  type?: string;
  enum?: string[];
  default?: unknown;
  items?: Property;
  anyOf?: Property[];
  properties?: Record<string, Property>;
  required?: string[];
}

// Whether a channel is on has a button of its own; a former secret comes by itself when the secret is changed.
const LEFT_OUT = new Set(["kind", "enabled", "previous_secret"]);
const LABELS: Readonly<Record<string, string>> = {
  notify_after: "Only where nobody acknowledges for",
  remind_every: "Remind every",
  "quiet_hours.days": "Quiet on",
  "quiet_hours.from": "Quiet from",
  "quiet_hours.to": "Quiet to",
  "quiet_hours.time_zone": "Time zone of the quiet hours",
  "subscribes.severities": "Takes only these severities",
  "subscribes.causes": "Takes only these causes",
  "subscribes.models": "Takes only these models",
  "subscribes.environments": "Takes only these environments",
  "subscribes.owners": "Takes only models of these owners",
  url: "Address",
  to: "To",
  slack_channel: "Slack channel",
  people: "Who presses buttons",
  cool_down: "Pause between two retrainings",
  approval: "Ask a person first",
  auto_promote: "Promote a better version by itself",
  auto_archive: "Archive a worse version by itself",
  time_limit: "Longest run",
  most_per_month: "Most a month",
  stop_after: "Stop after so many that did not help",
};
const HINTS: Readonly<Record<string, string>> = {
  notify_after: "such as 15m: the next one to be asked; empty: notified at once",
  remind_every: "such as 4h; empty: once a day",
  people: 'member id in Slack and address in Leeway, such as {"U012AB3CD": "ada@example.com"}',
  target:
    'what the request is sent to, such as {"kind": "airflow", "dag_id": "retrain"}; empty: a signed webhook',
  to: "one address a line",
  models: "one a line; empty: all",
  cool_down: "such as 7d",
  time_limit: "such as 12h",
  secret: "empty: Leeway makes one and shows it once",
};
const PART_HINTS: Readonly<Record<string, string>> = {
  "subscribes.models": "one a line, * for any characters; empty: all",
  "subscribes.owners": "one a line; empty: all",
  "quiet_hours.days": "only pages are sent then; the rest follows at the end",
  "quiet_hours.from": "such as 22:00",
  "quiet_hours.to": "such as 07:00",
  "quiet_hours.time_zone": "such as Europe/Berlin",
};
const KIND_HINTS: Partial<Record<ChannelKind, Readonly<Record<string, string>>>> = {
  slack: { slack_channel: "such as #ml-alerts; invite the app to it" },
  teams: { url: "of the workflow that posts what its webhook is sent" },
  discord: { url: "of a webhook of the Discord channel" },
};

/** channelForm returns the form of a kind, made from the schema by which the API reads it; `channel` is what is changed, absent for a new one. Secrets are never in it. O(fields). */
export function channelForm(kind: ChannelKind, channel?: Channel): ChannelForm {
  const { label, inputSchema } = CHANNEL_KINDS[kind];
  const schema = z.toJSONSchema(inputSchema, { io: "input", unrepresentable: "any" }) as Property;
  const shown = (channel === undefined ? {} : showChannel(channel, true)) as Record<string, unknown>;
  const stored = (channel ?? {}) as Record<string, unknown>;
  const grouped = (name: string, property: Property): ChannelField[] =>
    Object.entries(property.properties ?? {}).map(([part, one]) =>
      fieldOf(`${name}.${part}`, one, (stored[name] as Record<string, unknown> | undefined)?.[part]),
    );
  const isSecret = (name: string) => !(name in CHANNEL_KINDS[kind].viewSchema.shape);
  const fields = Object.entries(schema.properties ?? {})
    .filter(([name]) => !LEFT_OUT.has(name))
    .flatMap(([name, property]): ChannelField[] => {
      if (property.properties !== undefined) return grouped(name, property);
      // What even an administrator is shown only a part of is typed anew to change it.
      const isHidden = isSecret(name) || (name in stored && !isSame(shown[name], stored[name]));
      const hint = KIND_HINTS[kind]?.[name] ?? HINTS[name];
      const field: ChannelField = {
        ...fieldOf(name, property, isHidden ? undefined : (stored[name] ?? property.default)),
        isRequired: (schema.required ?? []).includes(name) && !(isHidden && name in stored),
        isKept: isHidden && name in stored,
        isSecret: isSecret(name),
        ...(hint === undefined || (name === "secret" && channel !== undefined) ? {} : { hint }),
      };
      return [field];
    });
  return { kind, label, fields };
}

function fieldOf(name: string, property: Property, value: unknown): ChannelField {
  const hint = PART_HINTS[name];
  const base = {
    ...{ name, label: LABELS[name] ?? words(name), isRequired: false, isKept: false, isSecret: false },
    ...(hint === undefined ? {} : { hint }),
  };
  if (property.enum !== undefined) {
    return { ...base, input: "choice", choices: property.enum.map(choice), value: text(value) };
  }
  if (property.type === "boolean") return { ...base, input: "check", value: value === true ? "on" : "" };
  if (property.type === "integer" || property.type === "number") {
    return { ...base, input: "number", value: text(value) };
  }
  if (property.type === "array" && property.items?.enum !== undefined) {
    const chosen = Array.isArray(value) ? value.join("\n") : "";
    return { ...base, input: "choices", choices: property.items.enum.map(choice), value: chosen };
  }
  if (property.type === "array") {
    return { ...base, input: "lines", value: Array.isArray(value) ? value.join("\n") : "" };
  }
  if (property.type === "string") return { ...base, input: "text", value: text(value) };
  if (isDuration(property)) {
    const shown = typeof value === "number" && value > 0 ? formatDuration(value) : text(value);
    return { ...base, input: "duration", value: shown };
  }
  return { ...base, input: "json", value: value === undefined ? "" : JSON.stringify(value, null, 2) };
}

function isDuration({ type, anyOf = [] }: Property): boolean {
  return type === undefined && anyOf.length > 0 && JSON.stringify(anyOf).includes("(s|m|h|d)");
}

function choice(value: string) {
  return { value, words: words(value) };
}

function words(name: string): string {
  const spaced = name.replaceAll("_", " ");
  return `${spaced.slice(0, 1).toUpperCase()}${spaced.slice(1)}`;
}

function text(value: unknown): string {
  return value === undefined ? "" : String(value);
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
