import { parseArgs } from "node:util";
import type { HealthState } from "@leeway/core/health";
import { API_OPTIONS, readApiSettings } from "./api-options.ts";
import { askApi, problemWords } from "./ask-api.ts";
import { type CliContext, type Command, EXIT } from "./cli-context.ts";

/** STATUS_USAGE tells how to ask how the models do. */
export const STATUS_USAGE = `leeway status [--model MODEL] [--json]
  Prints how each model does in each environment: incident, blind, misconfigured, behind, no_traffic, watching,
  learning or healthy; since when and why. The worst comes first.
  Exit codes: 0 all are healthy or watching, 1 an incident is open, 2 a mistake in the arguments, 3 no answer,
  4 nothing to judge by: no model, or one that is not judged. --json prints the models as the API answers them.
  --url URL --api-key KEY   or LEEWAY_URL, LEEWAY_API_KEY`;

/** What each state of health is for a caller that only looks at the exit code, worst first. */
const EXITS = {
  incident: EXIT.alarm,
  blind: EXIT.nothing,
  misconfigured: EXIT.nothing,
  behind: EXIT.nothing,
  no_traffic: EXIT.nothing,
  watching: EXIT.ok,
  learning: EXIT.nothing,
  healthy: EXIT.ok,
} as const satisfies Record<HealthState, number>;
const ORDER = Object.keys(EXITS);

interface Standing {
  readonly model: string;
  readonly environment: string;
  readonly state: string;
  readonly since: number | null;
  readonly sentence: string;
}

/** runStatusCommand prints the health of the models, as API and pages show it. */
export const runStatusCommand: Command = async (args, context) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...API_OPTIONS,
      model: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const { model } = values;
  if (values.help) {
    context.print(STATUS_USAGE);
    return EXIT.ok;
  }
  const settings = readApiSettings(values, context);
  if (settings === null) return EXIT.usage;
  const path = model === undefined ? "/v1/models" : `/v1/models/${encodeURIComponent(model)}`;
  const answer = await askApi(context, settings, path);
  const models = answer.status === 200 ? modelsOf(answer.body, model) : undefined;
  if (models === undefined) {
    for (const line of problemWords(answer)) context.note(line);
    return answer.status === 404 && isProblem(answer.body) ? EXIT.nothing : EXIT.failed;
  }
  const standings = models.flatMap(standingsOf);
  if (values.json) context.print(JSON.stringify(answer.body));
  else printStandings(standings, context);
  return exitOf(standings);
};

function printStandings(standings: readonly Standing[], { print }: CliContext): void {
  if (standings.length === 0) print("There is no model yet");
  const rank = ({ state }: Standing) => ORDER.indexOf(state);
  for (const one of standings.toSorted((a, b) => rank(a) - rank(b))) {
    const since = one.since === null ? "" : ` since ${new Date(one.since).toISOString()}`;
    print(`${one.state.padEnd(13)} ${one.model} (${one.environment})${since}: ${one.sentence}`);
  }
}

function exitOf(standings: readonly Standing[]): number {
  // A state that this command does not know is not fine.
  const exits = standings.map(({ state }) => (EXITS as Record<string, number>)[state] ?? EXIT.nothing);
  if (exits.includes(EXIT.alarm)) return EXIT.alarm;
  return exits.length === 0 || exits.includes(EXIT.nothing) ? EXIT.nothing : EXIT.ok;
}

interface ModelAnswer {
  readonly model: string;
  readonly environments: readonly Omit<Standing, "model">[];
}

function modelsOf(body: unknown, model: string | undefined): readonly ModelAnswer[] | undefined {
  const models = model === undefined ? (body as { models?: unknown } | undefined)?.models : [body];
  const isAnswer = (one: unknown) => Array.isArray((one as Partial<ModelAnswer> | undefined)?.environments);
  return Array.isArray(models) && models.every(isAnswer) ? (models as ModelAnswer[]) : undefined;
}

function standingsOf({ model, environments }: ModelAnswer): Standing[] {
  return environments.map((one) => ({ ...one, model }));
}

const isProblem = (body: unknown): boolean => (body as { code?: unknown } | undefined)?.code === "not_found";
