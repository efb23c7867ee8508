// The inference service: answers "will this flight be late?" over HTTP, and is instrumented with Leeway in five lines (marked 1–5).
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { createGpuSampler, createLeeway } from "@leeway/sdk"; // 1
import { type Flight, featuresOf } from "./flight.ts";
import { type LogisticRegression, predictLate } from "./logistic-regression.ts";
import { readJson, sendJson, serviceSettings } from "./service-http.ts";

interface Deployment {
  model: LogisticRegression;
  /** A version that was withdrawn is served no more; its name is not given again. */
  environment: "production" | "shadow" | "withdrawn";
}

const settings = serviceSettings(process.env);
const leeway = createLeeway({
  ...settings.leeway,
  model: "flight-delays",
  version: "1",
  spoolDir: join(settings.stateDir, "spool"),
}); // 2
// Beyond the five lines: GPU telemetry, read from nvidia-smi where there is one; where there is none the page says so.
const gpus = createGpuSampler({ leeway });
const deploymentsPath = join(settings.stateDir, "deployments.json");
const deployments = new Map<string, Deployment>(readDeployments());
const THRESHOLD = 0.5;

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    sendJson(response, 500, { error: error instanceof Error ? error.message : String(error) });
  });
});
server.listen(settings.port, "127.0.0.1");

process.once("SIGTERM", async () => {
  server.close();
  server.closeAllConnections();
  gpus.stop();
  await leeway.close(); // 5
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, resource, name = ""] = (request.url ?? "").split("/");
  switch (`${request.method} /${resource}`) {
    case "POST /predict":
      return sendJson(response, 200, predict((await readJson(request)) as Flight));
    case "POST /arrivals": {
      const arrivals = (await readJson(request)) as { id: string; late: boolean; known_at: number }[];
      for (const { id, late, known_at } of arrivals)
        leeway.label({ predictionId: id, label: late, timestamp: known_at }); // 4
      return sendJson(response, 200, { recorded: arrivals.length });
    }
    case "PUT /versions":
      deployments.set(decodeURIComponent(name), (await readJson(request)) as Deployment);
      keepDeployments();
      return sendJson(response, 200, { versions: [...deployments.keys()] });
    case "POST /promote":
      promote(decodeURIComponent(name));
      return sendJson(response, 200, { production: name });
    case "POST /withdraw":
      withdraw(decodeURIComponent(name));
      return sendJson(response, 200, { versions: [...deployments.keys()] });
    case "POST /flush":
      return sendJson(response, 200, { flushed: await leeway.flush(), ...leeway.stats() });
    case "GET /healthz":
      return sendJson(response, 200, { versions: [...deployments.keys()] });
    default:
      return sendJson(response, 404, { error: `no such route: ${request.method} ${request.url}` });
  }
}

function promote(version: string): void {
  for (const [name, deployment] of deployments) {
    if (name === version) deployment.environment = "production";
    else if (deployment.environment === "production") deployment.environment = "shadow";
  }
  keepDeployments();
}

function withdraw(version: string): void {
  const deployment = deployments.get(version);
  if (deployment?.environment !== "shadow") throw new Error(`version ${version} is not in the shadow`);
  deployment.environment = "withdrawn";
  keepDeployments();
}

// Kept on disk, so that a service that was killed comes back serving what it served.
function keepDeployments(): void {
  writeFileSync(`${deploymentsPath}.new`, JSON.stringify([...deployments]));
  renameSync(`${deploymentsPath}.new`, deploymentsPath);
}

function readDeployments(): [string, Deployment][] {
  mkdirSync(settings.stateDir, { recursive: true });
  return existsSync(deploymentsPath) ? JSON.parse(readFileSync(deploymentsPath, "utf8")) : [];
}

// Every version scores the request under the flight's own id, so that one label tells how good each of them was.
function predict(flight: Flight): { version: string; late_probability: number } | { error: string } {
  const features = featuresOf(flight, settings.calendarShiftMs);
  let answer: { version: string; late_probability: number } | undefined;
  for (const [version, { model, environment }] of deployments) {
    if (environment === "withdrawn") continue;
    const started = performance.now();
    const score = predictLate(model, features);
    leeway.predict({
      id: flight.id,
      version,
      environment,
      timestamp: flight.departure,
      features: { ...features },
      prediction: { score, label: score >= THRESHOLD },
      latencyMs: performance.now() - started,
    }); // 3
    if (environment === "production") answer = { version, late_probability: score };
  }
  return answer ?? { error: "no version is in production" };
}
