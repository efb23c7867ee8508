import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { parseArgs } from "node:util";
import { API_OPTIONS, readApiSettings } from "./api-options.ts";
import { askApi, problemWords } from "./ask-api.ts";
import { type CliContext, type Command, EXIT } from "./cli-context.ts";

/** REFERENCE_USAGE tells how to upload a reference. */
export const REFERENCE_USAGE = `leeway reference upload FILE.csv|.ndjson|.parquet[.gz] --model MODEL --version V [--mapping JSON|@FILE]
  Makes the rows of a file what the version is compared with. The mapping says which column is what, for example
  '{"timestamp":"scored_at","score":"p","label":"y"}'; columns that it does not name are features.
  --url URL --api-key KEY   or LEEWAY_URL, LEEWAY_API_KEY
  Exits with 0 when the reference is made, 1 when the file is refused, with column and row, 2 for a mistake in the
  arguments, 3 when the server gave no answer.`;

const TYPES: Readonly<Record<string, string>> = {
  csv: "text/csv",
  tsv: "text/csv",
  ndjson: "application/x-ndjson",
  jsonl: "application/x-ndjson",
  parquet: "application/vnd.apache.parquet",
};
/** Statuses that say something of the file. */
const REFUSALS = [400, 413, 415];

/** runReferenceCommand uploads a file of rows as a version's reference, and says what became of its columns. */
export const runReferenceCommand: Command = async (args, context) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...API_OPTIONS,
      model: { type: "string" },
      version: { type: "string" },
      mapping: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const [verb, path] = positionals;
  const { model, version } = values;
  if (
    values.help ||
    verb !== "upload" ||
    path === undefined ||
    model === undefined ||
    version === undefined
  ) {
    context.print(REFERENCE_USAGE);
    return values.help ? EXIT.ok : EXIT.usage;
  }
  const form = formOf(path);
  if (form === null) {
    context.note(
      `${path}: expected a name that ends in ${Object.keys(TYPES).join(", ")}, or in these and gz`,
    );
    return EXIT.usage;
  }
  const settings = readApiSettings(values, context);
  if (settings === null) return EXIT.usage;
  const mapping = values.mapping?.startsWith("@")
    ? await readFile(values.mapping.slice(1), "utf8")
    : values.mapping;
  const query = new URLSearchParams({ version, ...(mapping === undefined ? {} : { mapping }) });
  const answer = await askApi(
    context,
    settings,
    `/v1/models/${encodeURIComponent(model)}/references?${query}`,
    // A body that streams is sent while it is read: `duplex` is what fetch asks for then.
    { method: "POST", headers: form, body: await openBody(path), duplex: "half" } as RequestInit,
  );
  if (answer.status === 201) {
    printReference(answer.body as ReferenceAnswer, context);
    return EXIT.ok;
  }
  for (const line of problemWords(answer)) context.note(line);
  return REFUSALS.includes(answer.status) ? EXIT.alarm : EXIT.failed;
};

interface ReferenceAnswer {
  readonly reference_id: string;
  readonly rows: number;
  readonly features: readonly string[];
  readonly left_out?: readonly { readonly column: string; readonly reason: string }[];
  readonly invalid?: readonly { readonly column: string; readonly rows: number; readonly message: string }[];
}

function printReference(reference: ReferenceAnswer, { print }: CliContext): void {
  const { reference_id, rows, features, left_out = [], invalid = [] } = reference;
  print(`reference ${reference_id}: ${rows} rows, ${features.length} features: ${features.join(", ")}`);
  for (const { column, reason } of left_out) print(`  left out: column "${column}" (${reason})`);
  for (const { column, rows: count, message } of invalid)
    print(`  left out: ${count} rows, ${column}: ${message}`);
}

function formOf(path: string): Record<string, string> | null {
  const isGzip = path.endsWith(".gz");
  const ending = /\.([^./]+)$/.exec(isGzip ? path.slice(0, -3) : path)?.[1]?.toLowerCase() ?? "";
  const type = TYPES[ending];
  if (type === undefined) return null;
  return { "content-type": type, ...(isGzip ? { "content-encoding": "gzip" } : {}) };
}

/** Opened before it is sent, so that a file that is not there is said to be that, and not a server without an answer. */
async function openBody(path: string): Promise<ReadableStream> {
  const stream = createReadStream(path);
  await new Promise((resolve, reject) => stream.once("open", resolve).once("error", reject));
  return Readable.toWeb(stream) as ReadableStream;
}
