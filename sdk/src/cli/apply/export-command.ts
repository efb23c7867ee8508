import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { stringify } from "yaml";
import { API_OPTIONS, readApiSettings } from "../api-options.ts";
import { askApi, problemWords } from "../ask-api.ts";
import { type CliContext, type Command, EXIT } from "../cli-context.ts";

/** EXPORT_USAGE tells how to write down what is configured. */
export const EXPORT_USAGE = `leeway export [--file FILE.yaml] [--url URL --api-key KEY]
  Writes the models, channels, monitors and silences that people configured as a file for leeway apply; applying it changes nothing.
  Secrets are not in it, and stay as they are; to keep one with the file, refer to the environment: routing_key: \${PAGER_KEY}`;

/** SCHEMA_USAGE tells how editors get to know the files. */
export const SCHEMA_USAGE = `leeway schema [--file leeway.schema.json] [--url URL --api-key KEY]
  Writes the JSON schema of the files that leeway apply reads. An editor uses it where the first line of a file is:
    # yaml-language-server: $schema=./leeway.schema.json`;

/** runExportCommand writes what is configured as a file that leeway apply reads. */
export const runExportCommand: Command = (args, context) =>
  writeAnswer(args, context, EXPORT_USAGE, "/v1/declaration", (body) => {
    const named = Object.entries(body as Record<string, object>);
    const sections = named.filter(([, entries]) => Object.keys(entries).length > 0);
    return stringify(Object.fromEntries(sections), { lineWidth: 0, aliasDuplicateObjects: false });
  });

/** runSchemaCommand writes the JSON schema of those files. */
export const runSchemaCommand: Command = (args, context) =>
  writeAnswer(
    args,
    context,
    SCHEMA_USAGE,
    "/v1/declaration/schema",
    (body) => `${JSON.stringify(body, null, 2)}\n`,
  );

async function writeAnswer(
  args: readonly string[],
  context: CliContext,
  usage: string,
  path: string,
  write: (body: unknown) => string,
): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...API_OPTIONS,
      file: { type: "string", short: "f" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    context.print(usage);
    return EXIT.ok;
  }
  const settings = readApiSettings(values, context);
  if (settings === null) return EXIT.usage;
  const answer = await askApi(context, settings, path);
  if (answer.status !== 200) throw new Error(`GET ${path}: ${problemWords(answer).join("; ")}`);
  const text = write(answer.body);
  if (values.file === undefined) context.print(text.trimEnd());
  else await writeFile(values.file, text);
  return EXIT.ok;
}
