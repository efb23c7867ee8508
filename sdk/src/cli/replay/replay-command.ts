import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { createLeeway } from "../../client/create-leeway.ts";
import { API_OPTIONS, readApiSettings } from "../api-options.ts";
import { type CliContext, type Command, EXIT } from "../cli-context.ts";
import { createProgressLine, formatCount } from "../progress-line.ts";
import { type FeatureKind, inferFeatureKind, toEpochMs } from "../table/cell-values.ts";
import { openTable } from "../table/open-table.ts";
import { parseDuration } from "./parse-duration.ts";
import { type ReplayCounts, replay } from "./replay.ts";
import { parseReplayMapping, type ReplayMapping } from "./replay-mapping.ts";
import { type ReplayedRow, type RowReading, rowToEvents } from "./row-to-events.ts";
import { type NumberedRow, rowsInOrder, surveyTimes, type TimeSurvey } from "./rows-in-order.ts";

/** REPLAY_USAGE tells how to replay a file. */
export const REPLAY_USAGE = `leeway replay --file FILE.csv|.csv.gz|.parquet --model MODEL --version V --mapping MAPPING [--speed N|max]
  --mapping  word=column pairs, or JSON, or @FILE with JSON. Words: id, timestamp, features (a|b|c), tags (a|b), score,
             predicted_label, predicted_value, label, value, label_delay (seconds), label_time, latency_ms
  --speed N            event seconds in one real second (default max: as fast as the server takes them)
  --label-delay-column NAME, --label-delay 6h   when labels become known, unless the mapping says
  --end now|TIME       shift all times so that the last prediction is then; without it, times stay
  --id-prefix TEXT     before every id, so that a second replay is new
  --environment production|staging|shadow
  --url URL --api-key KEY   or LEEWAY_URL, LEEWAY_API_KEY`;

const MOST_BUFFERED = 20_000;
/** Larger than a service's: a replay has a backlog all the time, and a request costs the server more than a row. */
const BATCH_SIZE = 2_000;

/** runReplayCommand streams a table through the SDK in order of event time, each label at its delay. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one run, from its arguments to its exit code
export const runReplayCommand: Command = async (args, context) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...API_OPTIONS,
      file: { type: "string" },
      model: { type: "string" },
      version: { type: "string" },
      mapping: { type: "string", default: "" },
      speed: { type: "string", default: "max" },
      "label-delay-column": { type: "string" },
      "label-delay": { type: "string", default: "0s" },
      end: { type: "string" },
      "id-prefix": { type: "string", default: "" },
      environment: { type: "string", default: "production" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const { file, model, version, environment } = values;
  const speed = values.speed === "max" ? Number.POSITIVE_INFINITY : Number(values.speed);
  const labelDelayMs = parseDuration(values["label-delay"]);
  const isEnvironment = environment === "production" || environment === "staging" || environment === "shadow";
  if (values.help || !file || !model || !version || !(speed > 0) || labelDelayMs === null || !isEnvironment) {
    context.print(REPLAY_USAGE);
    return values.help ? EXIT.ok : EXIT.usage;
  }
  const settings = readApiSettings(values, context);
  if (settings === null) return EXIT.usage;

  const table = await openTable(file);
  const text = values.mapping.startsWith("@")
    ? await readFile(values.mapping.slice(1), "utf8")
    : values.mapping;
  const parsed = parseReplayMapping(text, table);
  if (parsed.kind === "wrong") {
    context.note(parsed.message);
    return EXIT.usage;
  }
  const labelDelay = values["label-delay-column"] ?? parsed.mapping.labelDelay;
  const mapping: ReplayMapping = {
    ...parsed.mapping,
    labelDelay,
    features: parsed.mapping.features.filter((name) => name !== labelDelay),
  };
  const survey = await surveyTimes(table, mapping.timestamp);
  const shiftMs = readShift(values.end, survey, context);
  if (shiftMs === null || survey.rows === survey.unreadable) {
    context.note(
      shiftMs === null ? `--end ${values.end} is not a time` : `no row has a time in "${mapping.timestamp}"`,
    );
    return EXIT.usage;
  }
  noteSurvey(survey, context);

  const leeway = createLeeway(
    {
      ...settings,
      model,
      version,
      environment,
      dropPolicy: "drop_newest",
      bufferCapacity: 2 * MOST_BUFFERED,
      batchSize: BATCH_SIZE,
      onError: (problem) => context.note(`${problem.kind}: ${problem.message}`),
    },
    context.runtime,
  );
  const line = createProgressLine(context);
  const reading = {
    mapping,
    kinds: inferKinds(mapping, survey),
    labelDelayMs,
    shiftMs,
    idPrefix: values["id-prefix"],
  };
  const counts = await replay(
    eventRows(rowsInOrder(table, mapping.timestamp, survey.isOrdered), reading),
    { speed, until: Number.POSITIVE_INFINITY, mostBuffered: MOST_BUFFERED },
    {
      leeway,
      monotonicMs: context.runtime.monotonicMs,
      sleep: (ms) => new Promise((resolve) => context.runtime.schedule(ms, resolve, true)),
      onProgress: (at, sent) =>
        line.update(() => `${new Date(at).toISOString()} ${describe(sent)} of ${formatCount(survey.rows)}`),
    },
  );
  const stats = await leeway.close({ deadlineMs: 60_000 });
  line.finish(
    `${describe(counts)}; accepted ${formatCount(stats.predictions.accepted)} and ${formatCount(stats.labels.accepted)}, ` +
      `known ${formatCount(stats.predictions.duplicate)} and ${formatCount(stats.labels.duplicate)}`,
  );
  const lost = [stats.predictions, stats.labels].reduce(
    (sum, { rejected, failed, dropped, invalid }) => sum + rejected + failed + dropped + invalid,
    0,
  );
  if (lost > 0)
    context.note(`${formatCount(lost)} events did not arrive: ${stats.lastProblem ?? "see above"}`);
  return lost === 0 ? EXIT.ok : EXIT.failed;
};

async function* eventRows(
  rows: AsyncIterable<readonly NumberedRow[]>,
  reading: RowReading,
): AsyncIterable<readonly ReplayedRow[]> {
  for await (const some of rows) {
    yield some.map(({ row, number }) => rowToEvents(row, number, reading)).filter((row) => row !== null);
  }
}

function inferKinds(mapping: ReplayMapping, { sample }: TimeSurvey): Map<string, FeatureKind> {
  return new Map(
    mapping.features.map((name) => [name, inferFeatureKind(sample.map((row) => row.cells[name] ?? null))]),
  );
}

function readShift(end: string | undefined, { lastAt }: TimeSurvey, { runtime }: CliContext): number | null {
  if (end === undefined) return 0;
  const endMs = end === "now" ? runtime.now() : toEpochMs(end);
  return endMs === null ? null : endMs - lastAt;
}

function noteSurvey(
  { rows, firstAt, lastAt, isOrdered, unreadable }: TimeSurvey,
  { note }: CliContext,
): void {
  note(
    `${formatCount(rows)} rows from ${new Date(firstAt).toISOString()} to ${new Date(lastAt).toISOString()}`,
  );
  if (!isOrdered) note("the rows are not in order of time: sorting them in memory");
  if (unreadable > 0) note(`${formatCount(unreadable)} rows have no readable time and are left out`);
}

function describe({ predictions, labels }: ReplayCounts): string {
  return `${formatCount(predictions)} predictions, ${formatCount(labels)} labels`;
}
