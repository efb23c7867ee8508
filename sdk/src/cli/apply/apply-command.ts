import { parseArgs } from "node:util";
import { API_OPTIONS, readApiSettings } from "../api-options.ts";
import { type ApiAnswer, askApi, problemWords } from "../ask-api.ts";
import { type CliContext, type Command, EXIT } from "../cli-context.ts";
import { type DeclaredEntry, readDeclarationFiles } from "./read-declaration-files.ts";

/** APPLY_USAGE tells how to keep what is configured in a repository. */
export const APPLY_USAGE = `leeway apply --file FILE.yaml|FOLDER [--dry-run | --check] [--prune] [--url URL --api-key KEY]
  Makes models, channels, monitors and silences those that YAML (or JSON) files declare, and shows what changes; run again, it changes nothing:
    monitors:
      fraud-eu:                 # the monitor's id
        model: fraud
        kind: performance
        window: 1d
        segment: { region: eu }
    channels:
      pager:
        kind: pagerduty
        name: On call
        routing_key: \${PAGER_KEY}   # a secret stays in the environment
  What no file declares is left as it is. --prune removes it, in the sections that files have; automatic monitors and models stay.
  --dry-run asks the server to check all of it, and only shows what would change. --check does so, too, and exits with 1 where something would.
  Exits with 0 when all is as declared, 2 for a mistake in a file, with its line, 3 when the server could not be asked.`;

interface Change {
  section: string;
  id: string;
  action: "create" | "change" | "remove";
  fields: { field: string; from?: unknown; to?: unknown }[];
}

interface Applied {
  changes: Change[];
  unchanged: number;
  secrets: { channel: string; secret: string }[];
}

const SIGNS = { create: "+", change: "~", remove: "-" } as const;

/** runApplyCommand makes what the server has what files declare. */
export const runApplyCommand: Command = async (args, context) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...API_OPTIONS,
      file: { type: "string", short: "f" },
      "dry-run": { type: "boolean", default: false },
      check: { type: "boolean", default: false },
      prune: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help || values.file === undefined) {
    context.print(APPLY_USAGE);
    return values.help ? EXIT.ok : EXIT.usage;
  }
  const settings = readApiSettings(values, context);
  if (settings === null) return EXIT.usage;
  const files = await readDeclarationFiles(values.file, context.env);
  if (files.kind === "wrong") {
    for (const problem of files.problems) context.note(problem);
    return EXIT.usage;
  }
  const isDryRun = values["dry-run"] || values.check;
  const sections = files.sections.map((section) => {
    const entries = files.entries.filter((one) => one.section === section);
    return [section, Object.fromEntries(entries.map(({ id, body }) => [id, body]))];
  });
  const answer = await askApi(context, settings, "/v1/declaration", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...Object.fromEntries(sections), dry_run: isDryRun, prune: values.prune }),
  });
  if (answer.status !== 200) return refused(answer, files.entries, context);
  const applied = answer.body as Applied;
  show(applied, isDryRun, context);
  return values.check && applied.changes.length > 0 ? EXIT.alarm : EXIT.ok;
};

function show({ changes, unchanged, secrets }: Applied, isDryRun: boolean, { print }: CliContext): void {
  for (const { section, id, action, fields } of changes) {
    print(`${SIGNS[action]} ${section.slice(0, -1)} ${id}`);
    for (const { field, from, to } of fields) {
      const before = from === undefined ? "" : `${JSON.stringify(from)} → `;
      print(`    ${field}: ${before}${to === undefined ? "–" : JSON.stringify(to)}`);
    }
  }
  for (const { channel, secret } of secrets) print(`secret of channel ${channel}, shown once: ${secret}`);
  print(`${changes.length} ${isDryRun ? "would change" : "changed"}, ${unchanged} as declared`);
}

function refused(answer: ApiAnswer, entries: readonly DeclaredEntry[], { note }: CliContext): number {
  const { errors } = (answer.body ?? {}) as { errors?: { path: string; message: string }[] };
  if (answer.status !== 400 || errors === undefined) {
    throw new Error(`POST /v1/declaration: ${problemWords(answer).join("; ")}`);
  }
  for (const { path, message } of errors) {
    // An id may have points in it: the longest that fits is meant.
    const entry = entries
      .filter(({ section, id }) => `${path}.`.startsWith(`${section}.${id}.`))
      .sort((a, b) => b.id.length - a.id.length)[0];
    if (entry === undefined) {
      note(`${path}: ${message}`);
      continue;
    }
    const field = path.slice(entry.section.length + entry.id.length + 2);
    note(`${entry.placeOf(field)}: ${field === "" ? entry.id : `${entry.id}.${field}`}: ${message}`);
  }
  return EXIT.usage;
}
