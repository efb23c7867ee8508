import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Document, isMap, isScalar, LineCounter, parseAllDocuments } from "yaml";
import { unknownFields } from "./unknown-fields.ts";

/** DeclaredMonitor is one monitor of a file: what the API is sent, and where each field stands. */
export interface DeclaredMonitor {
  readonly id: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Where a field (`window`, `thresholds.psi`) stands, as `file:line`; of the monitor itself where the field is not written. */
  readonly placeOf: (field: string) => string;
}

/** MonitorFiles are the monitors that files declare, or every mistake in them, each with its place. */
export type MonitorFiles =
  | { readonly kind: "monitors"; readonly monitors: readonly DeclaredMonitor[] }
  | { readonly kind: "wrong"; readonly problems: readonly string[] };

const MADE_FIELDS = new Set(["id", "automatic", "created_at"]);
const ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/;

/**
 * readMonitorFiles returns the monitors declared in a YAML or JSON file, or in every such file of a folder: `monitors:` with an entry per monitor,
 * named by its id. An id that is declared twice is a mistake.
 */
export async function readMonitorFiles(path: string): Promise<MonitorFiles> {
  const files = (await stat(path)).isDirectory() ? await yamlFilesOf(path) : [path];
  const monitors: DeclaredMonitor[] = [];
  const problems: string[] = [];
  for (const file of files) {
    const lines = new LineCounter();
    for (const document of parseAllDocuments(await readFile(file, "utf8"), { lineCounter: lines })) {
      readDocument(document, { file, lines, monitors, problems });
    }
  }
  if (problems.length > 0) return { kind: "wrong", problems };
  return { kind: "monitors", monitors };
}

async function yamlFilesOf(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => /\.(ya?ml|json)$/.test(name));
  return names.sort().map((name) => join(folder, name));
}

interface Reading {
  file: string;
  lines: LineCounter;
  monitors: DeclaredMonitor[];
  problems: string[];
}

function readDocument(document: Document, { file, lines, monitors, problems }: Reading): void {
  const lineAt = (offset: number | undefined) => `${file}:${lines.linePos(offset ?? 0).line}`;
  for (const error of document.errors) {
    problems.push(`${lineAt(error.pos[0])}: ${error.message.split("\n")[0]}`);
  }
  if (document.errors.length > 0 || document.contents === null) return;
  const root = document.contents;
  const declared = isMap(root) ? root.get("monitors", true) : undefined;
  if (!isMap(root) || !isMap(declared)) {
    problems.push(
      `${lineAt(root.range?.[0])}: expected monitors: with an entry per monitor, named by its id`,
    );
    return;
  }
  for (const { key } of root.items) {
    const name = isScalar(key) ? String(key.value) : "";
    if (name !== "monitors")
      problems.push(`${lineAt(keyOffset(key))}: ${name}: unknown field; only monitors can be declared`);
  }
  for (const { key, value } of declared.items) {
    const id = isScalar(key) ? String(key.value) : "";
    const at = lineAt(keyOffset(key));
    if (!ID.test(id)) problems.push(`${at}: "${id}" is no id: letters, digits, _ . and -`);
    else if (monitors.some((one) => one.id === id)) problems.push(`${at}: ${id} is declared twice`);
    else if (!isMap(value)) problems.push(`${at}: ${id}: expected fields`);
    else {
      const placeOf = (field: string) => {
        const path = ["monitors", id, ...field.split(".")];
        for (let depth = path.length; depth > 2; depth--) {
          const parent = document.getIn(path.slice(0, depth - 1), true);
          const pair = isMap(parent)
            ? parent.items.find((one) => isScalar(one.key) && String(one.key.value) === path[depth - 1])
            : undefined;
          if (pair !== undefined) return lineAt(keyOffset(pair.key));
        }
        return at;
      };
      const body = declaredFields(value.toJSON());
      for (const { path, message } of unknownFields(body))
        problems.push(`${placeOf(path)}: ${id}.${path}: ${message}`);
      monitors.push({ id, body, placeOf });
    }
  }
}

// A field that is empty says nothing, and what the server makes by itself is not for a file to say.
function declaredFields(fields: unknown): Record<string, unknown> {
  const named = Object.entries(fields as Record<string, unknown>);
  return Object.fromEntries(named.filter(([name, value]) => value !== null && !MADE_FIELDS.has(name)));
}

function keyOffset(key: unknown): number | undefined {
  return isScalar(key) ? key.range?.[0] : undefined;
}
