import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startProcess } from "../../integration/ingest/start-process.ts";
import {
  API_KEY,
  type IngestServices,
  startIngestServices,
} from "../../integration/ingest/start-services.ts";
import { type AnsweredAlarm, type AnsweredWindow, compareWindows, findDrift } from "./compare-windows.ts";
import { toCsv } from "./csv.ts";
import { prepareCredit, prepareSea } from "./prepare-controls.ts";
import { prepareScenario } from "./prepare-scenario.ts";
import type { Stream } from "./stream.ts";

const METRIC_TOLERANCE = 1e-9;
const PSI_TOLERANCE = 1e-6;
// A single window passes its lower bar by chance up to so often (`sustainedTail`): it is shown as drifting, and no alarm.
const LARGEST_TAIL = 0.01;

const shared = process.env["LEEWAY_SHARED"];
if (shared === undefined) {
  console.error("not run: LEEWAY_SHARED is not set (the folder that holds data/elec2 and the other streams)");
  process.exit(2);
}
const data = join(shared, "data");
const STREAMS: Readonly<Record<string, () => Stream>> = {
  elec2: () => prepareScenario(data, "elec2", "1997-02-04"),
  california: () => prepareScenario(data, "california_housing_nannyml", "2021-06-01"),
  bike: () => prepareScenario(data, "bike_sharing", "2012-01-01"),
  sea: () => prepareSea(data),
  credit: () => prepareCredit(data),
};
const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(STREAMS);
let isRight = true;
for (const name of wanted) {
  const prepare = STREAMS[name];
  if (prepare === undefined)
    throw new Error(`no stream ${name}: there are ${Object.keys(STREAMS).join(", ")}`);
  isRight = (await replayOne(prepare())) && isRight;
}
process.exitCode = isRight ? 0 : 1;

async function replayOne(stream: Stream): Promise<boolean> {
  const services = await startIngestServices({ LEEWAY_TICK_SECONDS: "1" });
  const folder = await mkdtemp(join(tmpdir(), "leeway-streams-"));
  const analyzer = startProcess(process.execPath, ["--import", "tsx", "analyzer/src/main.ts"], {
    ...services.env,
    LEEWAY_ANALYZER_PORT: "0",
  });
  try {
    const started = performance.now();
    await describeModel(services, stream);
    await replay(services, stream, folder);
    const replayed = performance.now();
    const report = await judge(services, stream);
    const seconds = (from: number, to: number) => `${((to - from) / 1_000).toFixed(1)} s`;
    console.log(
      `${stream.name}: ${stream.production.length} rows replayed in ${seconds(started, replayed)}, judged in ${seconds(replayed, performance.now())}`,
    );
    for (const line of report.lines) console.log(`  ${line}`);
    return report.isRight;
  } finally {
    await analyzer.end("SIGTERM");
    await services.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function describeModel(services: IngestServices, stream: Stream): Promise<void> {
  await call(services, "PUT", `/v1/models/${stream.name}`, {
    task: stream.task,
    ...(stream.task === "binary" ? { positive_class: "1" } : {}),
    window: `${stream.windowMs / 3_600_000}h`,
  });
  const isBinary = stream.task === "binary";
  const mapping = {
    timestamp: "timestamp",
    features: stream.features,
    ...(isBinary
      ? { score: "score", predicted_label: "predicted_label", label: "label" }
      : { predicted_value: "score", label_value: "label" }),
  };
  const columns = [
    "timestamp",
    ...stream.features,
    "score",
    ...(isBinary ? ["predicted_label"] : []),
    "label",
  ];
  const query = new URLSearchParams({ version: "1", mapping: JSON.stringify(mapping) });
  const answer = await fetch(`${services.url}/v1/models/${stream.name}/references?${query}`, {
    method: "POST",
    headers: { authorization: `Bearer ${API_KEY}`, "content-type": "text/csv" },
    body: toCsv(stream.reference, columns),
  });
  if (answer.status !== 201) throw new Error(`reference: ${await answer.text()}`);
}

async function replay(services: IngestServices, stream: Stream, folder: string): Promise<void> {
  const isBinary = stream.task === "binary";
  const file = join(folder, "stream.csv");
  const columns = [
    ...["id", "timestamp", ...stream.features, "score"],
    ...[...(isBinary ? ["predicted_label"] : []), "label", "label_delay_s"],
  ];
  await writeFile(file, toCsv(stream.production, columns));
  const mapping = [
    ...["id=id", "timestamp=timestamp", `features=${stream.features.join("|")}`, "label_delay=label_delay_s"],
    ...(isBinary
      ? ["score=score", "predicted_label=predicted_label", "label=label"]
      : ["predicted_value=score", "value=label"]),
  ].join(",");
  const command = startProcess(process.execPath, [
    ...["sdk/bin/leeway.mjs", "replay", "--file", file, "--model", stream.name, "--version", "1"],
    ...["--mapping", mapping, "--speed", "max", "--url", services.url, "--api-key", API_KEY],
  ]);
  const code = await new Promise((resolve) => command.child.once("exit", resolve));
  if (code !== 0) throw new Error(`leeway replay ended with ${code}: ${command.output()}`);
}

async function judge(
  services: IngestServices,
  stream: Stream,
): Promise<{ isRight: boolean; lines: string[] }> {
  const times = stream.production.map((row) => Date.parse(row["timestamp"]!));
  const from = Math.floor(times[0]! / stream.windowMs) * stream.windowMs - stream.windowMs;
  const to = times.at(-1)! + stream.windowMs;
  const { alarms } = (await call(services, "POST", "/v1/evaluate", { model: stream.name, from, to })) as {
    alarms: AnsweredAlarm[];
  };
  const answered = await windowsOf(services, stream, `version=1&from=${from}&to=${to}`);
  const differences = compareWindows(stream.expected, answered);
  const findings = findDrift(stream, [...answered.values()], alarms);
  const isMissed = findings.found.some(({ windows, isUnjudged }) => windows === undefined && !isUnjudged);
  const concept = alarms.find(({ cause }) => cause === "concept_drift");
  const early = alarms.filter(
    ({ cause, start }) =>
      cause === "concept_drift" && start + stream.windowMs <= (stream.conceptSince ?? Infinity),
  );
  const { metric, psi, ks } = differences;
  return {
    isRight:
      metric.value <= METRIC_TOLERANCE &&
      psi.value <= PSI_TOLERANCE &&
      !isMissed &&
      findings.alarms.length === 0 &&
      findings.wrong.length <= LARGEST_TAIL * findings.quiet &&
      early.length === 0,
    lines: [
      `windows compared ${differences.windows}; largest difference: metrics ${metric.value.toExponential(1)} (${metric.where}), PSI ${psi.value.toExponential(1)} (${psi.where}), KS ${ks.value.toExponential(1)} (${ks.where})`,
      `drift found: ${findings.found.map(({ feature, windows, isUnjudged }) => `${feature} ${windows !== undefined ? `in window ${windows}` : isUnjudged ? "can't be judged, and every window says so" : "missed"}`).join(", ") || "none is planted"}`,
      `steady features blamed for an alarm: ${findings.alarms.join(", ") || "none"}; called drifted: ${findings.wrong.length} of ${findings.quiet} windows ${findings.wrong.slice(0, 8).join(", ")}`,
      `concept drift: ${concept === undefined ? "no alarm" : `first alarm ${day(concept.start)}`}${stream.conceptSince === undefined ? ", none is there" : `, there since ${day(stream.conceptSince)}`}; too early: ${early.length}`,
      `alarms: ${alarms.map(({ start, cause, features }) => `${day(start)} ${cause} ${features.slice(0, 3).join("|")}`).join("; ") || "none"}`,
    ],
  };
}

async function windowsOf(
  services: IngestServices,
  stream: Stream,
  query: string,
): Promise<Map<number, AnsweredWindow>> {
  const read = async (noun: string) =>
    (
      (await call(services, "GET", `/v1/models/${stream.name}/${noun}?${query}`)) as {
        windows: (Partial<AnsweredWindow> & { start: number })[];
      }
    ).windows;
  const [drift, performance] = await Promise.all([read("drift"), read("performance")]);
  const metrics = new Map(performance.map((window) => [window.start, window.metrics]));
  return new Map(
    drift.map(({ start, features = {}, prediction }) => [
      start,
      { start, features, prediction, metrics: metrics.get(start) ?? {} },
    ]),
  );
}

async function call(
  services: IngestServices,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const answer = await services.call(method, path, body);
  if (answer.status >= 300)
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 16);
}
