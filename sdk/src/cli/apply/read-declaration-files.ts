import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Document, isMap, isScalar, LineCounter, parseAllDocuments, type YAMLMap } from "yaml";
import { fillReferences } from "./fill-references.ts";

/** DECLARED_SECTIONS are what files can declare, as the API names it. */
export const DECLARED_SECTIONS = ["models", "channels", "monitors", "silences"] as const;

export type DeclaredSection = (typeof DECLARED_SECTIONS)[number];

/** DeclaredEntry is one thing that a file declares: what the API is sent, and where each field stands. */
export interface DeclaredEntry {
  readonly section: DeclaredSection;
  readonly id: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Where a field (`window`, `thresholds.psi`) stands, as `file:line`; of the entry itself where the field is not written. */
  readonly placeOf: (field: string) => string;
}

/** DeclarationFiles are what files declare, or every mistake in them, each with its place. */
export type DeclarationFiles =
  | {
      readonly kind: "declared";
      readonly sections: readonly DeclaredSection[];
      readonly entries: readonly DeclaredEntry[];
    }
  | { readonly kind: "wrong"; readonly problems: readonly string[] };

interface Reading {
  readonly file: string;
  readonly lines: LineCounter;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly sections: Set<DeclaredSection>;
  readonly entries: DeclaredEntry[];
  readonly problems: string[];
}

const MADE_FIELDS = new Set(["id", "automatic", "created_at"]);

/**
 * readDeclarationFiles returns what a YAML or JSON file declares, or every such file of a folder: sections with an entry for each id. `${NAME}` as a whole value is
 * the environment's. An id that is declared twice in a section is a mistake.
 */
export async function readDeclarationFiles(
  path: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<DeclarationFiles> {
  const files = (await stat(path)).isDirectory() ? await yamlFilesOf(path) : [path];
  const shared = { env, sections: new Set<DeclaredSection>(), entries: [], problems: [] as string[] };
  for (const file of files) {
    const lines = new LineCounter();
    const reading: Reading = { ...shared, file, lines };
    for (const document of parseAllDocuments(await readFile(file, "utf8"), { lineCounter: lines })) {
      readDocument(document, reading);
    }
  }
  const { sections, entries, problems } = shared;
  if (problems.length > 0) return { kind: "wrong", problems };
  return { kind: "declared", sections: [...sections], entries };
}

async function yamlFilesOf(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => /\.(ya?ml|json)$/.test(name));
  return names.sort().map((name) => join(folder, name));
}

function readDocument(document: Document, reading: Reading): void {
  const { problems } = reading;
  for (const error of document.errors) {
    problems.push(`${placeAt(reading, error.pos[0])}: ${error.message.split("\n")[0]}`);
  }
  const root = document.contents;
  if (document.errors.length > 0 || root === null) return;
  const known = DECLARED_SECTIONS.join(", ");
  if (!isMap(root)) {
    problems.push(`${placeAt(reading, root.range?.[0])}: expected ${known}, each with an entry per id`);
    return;
  }
  for (const { key, value } of root.items) {
    const at = placeAt(reading, offsetOf(key));
    const section = DECLARED_SECTIONS.find((name) => name === nameOf(key));
    if (section === undefined) problems.push(`${at}: ${nameOf(key)}: only ${known} can be declared`);
    else if (!isMap(value)) problems.push(`${at}: ${section}: expected an entry per id, or {} for none`);
    else {
      reading.sections.add(section);
      readSection(document, section, value, reading);
    }
  }
}

function readSection(
  document: Document,
  section: DeclaredSection,
  declared: YAMLMap,
  reading: Reading,
): void {
  const { entries, problems, env } = reading;
  for (const { key, value } of declared.items) {
    const id = nameOf(key);
    const at = placeAt(reading, offsetOf(key));
    if (entries.some((one) => one.section === section && one.id === id))
      problems.push(`${at}: ${id} is declared twice`);
    else if (!isMap(value)) problems.push(`${at}: ${id}: expected fields`);
    else {
      const placeOf = (field: string) => placeOfField(document, [section, id], field, reading) ?? at;
      const { filled, missing } = fillReferences(declaredFields(value.toJSON()), env);
      for (const { field, name } of missing)
        problems.push(`${placeOf(field)}: ${id}.${field}: the environment variable ${name} is not set`);
      entries.push({ section, id, body: filled as Record<string, unknown>, placeOf });
    }
  }
}

function placeOfField(
  document: Document,
  entry: readonly string[],
  field: string,
  reading: Reading,
): string | undefined {
  const path = [...entry, ...field.split(".")];
  for (let depth = path.length; depth > entry.length; depth--) {
    const parent = document.getIn(path.slice(0, depth - 1), true);
    const pair = isMap(parent)
      ? parent.items.find(({ key }) => isScalar(key) && nameOf(key) === path[depth - 1])
      : undefined;
    if (pair !== undefined) return placeAt(reading, offsetOf(pair.key));
  }
  return undefined;
}

// A field that is empty says nothing, and what the server makes by itself is not for a file to say.
function declaredFields(fields: unknown): Record<string, unknown> {
  const named = Object.entries(fields as Record<string, unknown>);
  return Object.fromEntries(named.filter(([name, value]) => value !== null && !MADE_FIELDS.has(name)));
}

function placeAt({ file, lines }: Reading, offset: number | undefined): string {
  return `${file}:${lines.linePos(offset ?? 0).line}`;
}

function nameOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : "";
}

function offsetOf(key: unknown): number | undefined {
  return isScalar(key) ? key.range?.[0] : undefined;
}
