import { parseArgs } from "node:util";
import { API_OPTIONS, readApiSettings } from "./api-options.ts";
import { type ApiAnswer, askApi, problemWords } from "./ask-api.ts";
import { type CliContext, type Command, EXIT } from "./cli-context.ts";

/** MONITORS_USAGE tells how to see monitors and end a burn-in. */
export const MONITORS_USAGE = `leeway monitors [--model MODEL] [--json]
  Prints the monitors: whether each notifies people, or burns in (records only), until when, and how many alarms it kept back.
leeway monitors promote ID          ends the burn-in of a monitor: from its next alarm on it notifies people
  --url URL --api-key KEY   or LEEWAY_URL, LEEWAY_API_KEY`;

interface MonitorAnswer {
  readonly id: string;
  readonly model: string;
  readonly kind: string;
  readonly enabled: boolean;
  readonly notifies: { readonly state: string; readonly until?: number; readonly alarms: number };
}

/** runMonitorsCommand prints the monitors, or ends the burn-in of one. */
export const runMonitorsCommand: Command = async (args, context) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...API_OPTIONS,
      model: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const [verb, id, ...more] = positionals;
  const isKnown = verb === undefined || (verb === "promote" && id !== undefined);
  if (values.help || !isKnown || more.length > 0) {
    context.print(MONITORS_USAGE);
    return values.help ? EXIT.ok : EXIT.usage;
  }
  const settings = readApiSettings(values, context);
  if (settings === null) return EXIT.usage;
  if (id !== undefined) {
    const path = `/v1/monitors/${encodeURIComponent(id)}/promote`;
    const promoted = await askApi(context, settings, path, { method: "POST" });
    if (promoted.status !== 200) return refused(promoted, context);
    context.print(`${id} notifies people from its next alarm on`);
    return EXIT.ok;
  }
  const query = values.model === undefined ? "" : `?model=${encodeURIComponent(values.model)}`;
  const answer = await askApi(context, settings, `/v1/monitors${query}`);
  const monitors = (answer.body as { monitors?: MonitorAnswer[] } | undefined)?.monitors;
  if (answer.status !== 200 || monitors === undefined) return refused(answer, context);
  if (values.json) context.print(JSON.stringify(answer.body));
  else for (const monitor of monitors) context.print(lineOf(monitor));
  return EXIT.ok;
};

function lineOf({ id, model, kind, enabled, notifies }: MonitorAnswer): string {
  const { state, until, alarms } = notifies;
  const end = until === undefined ? "" : ` until ${new Date(until).toISOString()}, or once promoted`;
  const burnIn = `burns in${end}; ${alarms} alarms kept back`;
  const how = !enabled ? "off" : state === "burning_in" ? burnIn : "notifies";
  return `${id} (${model}, ${kind}): ${how}`;
}

function refused(answer: ApiAnswer, context: CliContext): number {
  for (const line of problemWords(answer)) context.note(line);
  return answer.status === 404 || answer.status === 409 ? EXIT.usage : EXIT.failed;
}
