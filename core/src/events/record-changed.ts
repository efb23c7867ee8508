import { contentId } from "../incidents/content-id.ts";
import type { ChangeEvent, ChangeKind } from "../records/index.ts";

/** CHANGE_RECORDS are the kinds of records whose changes are events. */
export const CHANGE_RECORDS = ["model", "monitor", "reference", "reference_choice", "version"] as const;

/** RecordChanged is one revision of a record, with the body of the revision before, where there is one. */
export interface RecordChanged {
  kind: (typeof CHANGE_RECORDS)[number];
  id: string;
  revision: number;
  body: Readonly<Record<string, unknown>>;
  before: Readonly<Record<string, unknown>> | undefined;
  deleted: boolean;
  actor: string;
  at: number;
}

const LEEWAY = "leeway";
// What says nothing of how a model is watched.
const SILENT_FIELDS = new Set(["id", "created_at", "configured", "automatic", "description", "owner"]);

/**
 * recordChanged returns the event of a changed record: a monitor made, changed or removed, a reference given or chosen, a version promoted or archived, settings of a model. Undefined
 * where nothing changed that could explain an incident, as when the product sets a new model up. O(fields).
 */
export function recordChanged(change: RecordChanged): ChangeEvent | undefined {
  const said = sayChange(change);
  const model = textOf(change.body["model"]);
  if (said === undefined || model === undefined) return undefined;
  const version = textOf(change.body["version"]);
  return {
    id: contentId("evt", ["record", change.kind, change.id, change.revision]),
    timestamp: change.at,
    kind: said.kind,
    title: said.title.slice(0, 256),
    model,
    ...(version === undefined ? {} : { version }),
    ...environmentOf(change.body["environment"]),
    source: change.actor,
    attributes: {},
  };
}

function sayChange(change: RecordChanged): { kind: ChangeKind; title: string } | undefined {
  const { kind, body, before, deleted, actor } = change;
  const version = textOf(body["version"]) ?? "";
  switch (kind) {
    case "monitor":
      return config(monitorWords(change));
    case "model": {
      if (deleted || before === undefined) return undefined;
      const fields = changedFields(before, body);
      return fields.length === 0
        ? undefined
        : config(`Settings of the model were changed: ${fields.join(", ")}`);
    }
    case "version":
      return deploy(stageWords(version, textOf(before?.["stage"]), textOf(body["stage"])));
    case "reference":
      // The one that the product takes by itself replaces none.
      return deleted || before !== undefined || actor === LEEWAY
        ? undefined
        : config(`A reference was given for version ${version}`);
    case "reference_choice":
      return deleted ? undefined : config(`Another reference was chosen for version ${version}`);
    default:
      return kind satisfies never;
  }
}

function monitorWords({ id, body, before, deleted, actor }: RecordChanged): string | undefined {
  const name = `Monitor ${id} (${textOf(body["kind"]) ?? "of an unknown kind"})`;
  if (deleted) return `${name} was removed`;
  if (before === undefined) return actor === LEEWAY ? undefined : `${name} was made`;
  if (before["enabled"] !== body["enabled"])
    return `${name} was switched ${body["enabled"] === false ? "off" : "on"}`;
  const fields = changedFields(before, body);
  return fields.length === 0 ? undefined : `${name} was changed: ${fields.join(", ")}`;
}

function stageWords(version: string, before: string | undefined, stage: string | undefined) {
  if (stage === undefined || stage === before) return undefined;
  return stage === "archived"
    ? `Version ${version} was archived`
    : `Version ${version} was moved to ${stage}${before === undefined ? "" : ` from ${before}`}`;
}

function changedFields(before: RecordChanged["body"], after: RecordChanged["body"]): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => !SILENT_FIELDS.has(field))
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .sort();
}

function config(title: string | undefined) {
  return title === undefined ? undefined : { kind: "config" as const, title };
}

function deploy(title: string | undefined) {
  return title === undefined ? undefined : { kind: "deploy" as const, title };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function environmentOf(value: unknown): Pick<ChangeEvent, "environment"> {
  return value === "production" || value === "staging" || value === "shadow" ? { environment: value } : {};
}
