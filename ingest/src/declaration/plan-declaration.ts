import type { Channel } from "@leeway/core/channels";
import type { InputProblem } from "@leeway/core/errors";
import type { Model, Monitor, Silence } from "@leeway/core/records";
import type { RecordChange } from "@leeway/store";
import { DECLARED_SECTIONS, type Declaration, type DeclaredSection } from "./declaration-schema.ts";
import type { DeclaredKind, DeclaringContext } from "./declared-kind.ts";
import { type FieldChange, fieldChanges, isSame } from "./field-changes.ts";
import { declaredChannels } from "./kinds/declared-channels.ts";
import { declaredModels } from "./kinds/declared-models.ts";
import { declaredMonitors } from "./kinds/declared-monitors.ts";
import { declaredSilences } from "./kinds/declared-silences.ts";

/** StoredDeclarables is what a project has of all that can be declared. */
export interface StoredDeclarables {
  models: readonly Model[];
  channels: readonly Channel[];
  monitors: readonly Monitor[];
  silences: readonly Silence[];
}

/** PlannedChange is one thing that becomes another than it is. */
export interface PlannedChange {
  section: DeclaredSection;
  id: string;
  action: "create" | "change" | "remove";
  fields: FieldChange[];
}

/** DeclarationPlan is what a declaration changes, or all that is wrong with it. */
export type DeclarationPlan =
  | { outcome: "plan"; changes: PlannedChange[]; unchanged: number; records: RecordChange[] }
  | { outcome: "wrong"; problems: InputProblem[] };

type AnyKind = DeclaredKind<unknown, object>;

const KINDS: { [Section in DeclaredSection]: AnyKind } = {
  models: declaredModels,
  channels: declaredChannels,
  monitors: declaredMonitors,
  silences: declaredSilences,
};

/**
 * planDeclaration returns what has to change so that a project has what is declared. With `prune`, what people made and no file declares goes, in the sections that the
 * declaration has. O(declared + stored).
 */
export function planDeclaration(
  declared: Declaration,
  stored: StoredDeclarables,
  context: Omit<DeclaringContext, "channels" | "models">,
  prune: boolean,
): DeclarationPlan {
  const known = { ...context, ...referables(declared, stored, prune) };
  const plan = { changes: [] as PlannedChange[], unchanged: 0, records: [] as RecordChange[] };
  const problems: InputProblem[] = [];
  for (const section of DECLARED_SECTIONS) {
    const entries = declared[section];
    if (entries === undefined) continue;
    const kind = KINDS[section];
    const before = byId(section, stored);
    for (const [id, entry] of Object.entries(entries)) {
      const former = before.get(id);
      const wanted = kind.wanted(id, entry, former, known);
      if (wanted.outcome === "wrong") {
        problems.push(...wanted.problems.map((one) => ({ ...one, path: `${section}.${id}.${one.path}` })));
      } else if (wanted.outcome === "nothing" || isSame(former, wanted.record)) plan.unchanged += 1;
      else {
        plan.changes.push(changeOf(kind, section, id, former, wanted.record));
        plan.records.push({ kind: kind.record, id, body: wanted.record });
      }
    }
    if (!prune || kind.prune === undefined) continue;
    for (const [id, former] of before) {
      if (Object.hasOwn(entries, id) || !kind.isDeclarable(former, context.now)) continue;
      const left = kind.prune(former, context.now);
      plan.changes.push({ section, id, action: "remove", fields: [] });
      const isGone = left === "removed";
      plan.records.push({
        kind: kind.record,
        id,
        body: isGone ? former : left,
        ...(isGone && { removed: true }),
      });
    }
  }
  if (prune) problems.push(...deafMonitors(declared, stored));
  return problems.length > 0 ? { outcome: "wrong", problems } : { outcome: "plan", ...plan };
}

/** declarationOf returns the declaration that describes a project as it is, so that applying it changes nothing. O(stored). */
export function declarationOf(
  stored: StoredDeclarables,
  now: number,
): Record<DeclaredSection, Record<string, Record<string, unknown>>> {
  const sections = DECLARED_SECTIONS.map((section) => {
    const kind = KINDS[section];
    const entries = [...byId(section, stored)].filter(([, record]) => kind.isDeclarable(record, now));
    return [section, Object.fromEntries(entries.map(([id, record]) => [id, kind.declare(record)]))];
  });
  return Object.fromEntries(sections);
}

function changeOf(
  kind: AnyKind,
  section: DeclaredSection,
  id: string,
  former: object | undefined,
  record: object,
): PlannedChange {
  const before = former && { shown: kind.declare(former), stored: former };
  const after = { shown: kind.declare(record), stored: record };
  const secrets = [...new Set([...kind.secretsOf(record), ...(former ? kind.secretsOf(former) : [])])];
  const action = former === undefined ? "create" : "change";
  return { section, id, action, fields: fieldChanges(before, after, secrets) };
}

function byId(section: DeclaredSection, stored: StoredDeclarables): Map<string, object> {
  return new Map<string, object>(
    section === "models"
      ? stored.models.map((model) => [model.model, model])
      : stored[section].map((record) => [record.id, record]),
  );
}

function referables(
  declared: Declaration,
  stored: StoredDeclarables,
  prune: boolean,
): Pick<DeclaringContext, "channels" | "models"> {
  const channels = Object.entries(declared.channels ?? {}).map(([id, { name }]) => ({ id, name }));
  const staying = prune && declared.channels !== undefined ? [] : stored.channels;
  return {
    channels: [...staying, ...channels],
    models: [...stored.models.map(({ model }) => model), ...Object.keys(declared.models ?? {})],
  };
}

// A monitor that stays and names a channel that goes would notify nobody.
function deafMonitors({ channels, monitors }: Declaration, stored: StoredDeclarables): InputProblem[] {
  if (channels === undefined) return [];
  const going = new Set(stored.channels.map(({ id }) => id).filter((id) => !Object.hasOwn(channels, id)));
  const stays = ({ id, automatic }: Monitor) =>
    monitors === undefined || (automatic && !Object.hasOwn(monitors, id));
  return stored.monitors
    .filter(stays)
    .flatMap(({ id, channels: named = [] }) =>
      named.filter((channel) => going.has(channel)).map((channel) => [id, channel]),
    )
    .map(([id, channel]) => ({
      path: `monitors.${id}.channels`,
      message: `names the channel ${channel}, which would be removed: declare it, or name another one`,
    }));
}
