import { parseArgs } from "node:util";
import type { ApiSettings } from "../api-client.ts";
import { API_OPTIONS, readApiSettings } from "../api-options.ts";
import { type CliContext, type Command, EXIT } from "../cli-context.ts";
import { type FieldChange, monitorChanges, monitorPut } from "./monitor-changes.ts";
import { type DeclaredMonitor, readMonitorFiles } from "./read-monitor-files.ts";

/** APPLY_USAGE tells how to keep monitors in a repository. */
export const APPLY_USAGE = `leeway apply --file FILE.yaml|FOLDER [--dry-run] [--url URL --api-key KEY]
  Makes the monitors of Leeway those that YAML (or JSON) files declare, and shows what changes; run again, it changes nothing:
    monitors:
      fraud-eu:                 # the monitor's id
        model: fraud
        kind: performance
        window: 1d
        segment: { region: eu }
  Monitors that no file declares are left as they are. --dry-run only shows what would change.
  Exits with 0 when all is as declared, 2 for a mistake in a file, with its line, 3 when the server could not be asked.`;

/** runApplyCommand makes the server's monitors those that files declare. */
export const runApplyCommand: Command = async (args, context) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...API_OPTIONS,
      file: { type: "string", short: "f" },
      "dry-run": { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help || values.file === undefined) {
    context.print(APPLY_USAGE);
    return values.help ? EXIT.ok : EXIT.usage;
  }
  const settings = readApiSettings(values, context);
  if (settings === null) return EXIT.usage;
  const files = await readMonitorFiles(values.file);
  if (files.kind === "wrong") {
    for (const problem of files.problems) context.note(problem);
    return EXIT.usage;
  }
  const stored = await storedMonitors(context, settings);
  let isRight = true;
  let changed = 0;
  for (const monitor of files.monitors) {
    const before = stored.get(monitor.id);
    const changes = monitorChanges(before, monitor.body);
    if (changes.length === 0) continue;
    changed += 1;
    context.print(`${before === undefined ? "+" : "~"} ${monitor.id}`);
    for (const change of changes) context.print(`    ${describe(change)}`);
    if (!values["dry-run"]) isRight = (await put(context, settings, monitor, before)) && isRight;
  }
  const as = values["dry-run"] ? "would change" : "changed";
  context.print(`${changed} of ${files.monitors.length} monitors ${as}`);
  return isRight ? EXIT.ok : EXIT.usage;
};

async function storedMonitors(
  context: CliContext,
  settings: ApiSettings,
): Promise<ReadonlyMap<string, Record<string, unknown>>> {
  const { status, body } = await call(context, settings, "GET", "/v1/monitors");
  if (status !== 200) throw new Error(`GET /v1/monitors: HTTP ${status} ${JSON.stringify(body)}`);
  const { monitors } = body as { monitors: (Record<string, unknown> & { id: string })[] };
  return new Map(monitors.map((monitor) => [monitor.id, monitor]));
}

async function put(
  context: CliContext,
  settings: ApiSettings,
  monitor: DeclaredMonitor,
  before: Readonly<Record<string, unknown>> | undefined,
): Promise<boolean> {
  const wanted = monitorPut(before, monitor.body);
  const { status, body } = await call(context, settings, "PUT", `/v1/monitors/${monitor.id}`, wanted);
  if (status === 200) return true;
  const { errors, detail } = body as { errors?: { path: string; message: string }[]; detail?: string };
  if (status !== 400 || errors === undefined) {
    throw new Error(`PUT ${monitor.id}: HTTP ${status} ${detail ?? JSON.stringify(body)}`);
  }
  for (const { path, message } of errors) {
    context.note(`${monitor.placeOf(path)}: ${monitor.id}.${path}: ${message}`);
  }
  return false;
}

async function call(
  { fetch }: CliContext,
  { url, apiKey }: ApiSettings,
  method: string,
  path: string,
  body?: object,
): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(url.replace(/\/+$/, "") + path, {
    method,
    headers: {
      authorization: `Bearer ${apiKey}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
}

function describe({ field, from, to }: FieldChange): string {
  const shown = (value: unknown) => (value === undefined ? "–" : JSON.stringify(value));
  return from === undefined ? `${field}: ${shown(to)}` : `${field}: ${shown(from)} → ${shown(to)}`;
}
