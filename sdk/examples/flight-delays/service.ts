// The inference service: answers "will this flight be late?" over HTTP, and is instrumented with Leeway in five lines (marked 1–5).
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createLeeway } from "@leeway/sdk"; // 1
import { type Flight, featuresOf } from "./flight.ts";
import { type LogisticRegression, predictLate } from "./logistic-regression.ts";
import { readJson, sendJson, serviceSettings } from "./service-http.ts";

interface Deployment {
  model: LogisticRegression;
  environment: "production" | "shadow";
}

const settings = serviceSettings(process.env);
const leeway = createLeeway({ ...settings.leeway, model: "flight-delays", version: "1" }); // 2
const deployments = new Map<string, Deployment>();
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
  await leeway.close(); // 5
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const route = `${request.method} ${request.url}`;
  switch (true) {
    case route === "POST /predict":
      return sendJson(response, 200, predict((await readJson(request)) as Flight));
    case route === "POST /arrivals": {
      const arrivals = (await readJson(request)) as { id: string; late: boolean; known_at: number }[];
      for (const { id, late, known_at } of arrivals)
        leeway.label({ predictionId: id, label: late, timestamp: known_at }); // 4
      return sendJson(response, 200, { recorded: arrivals.length });
    }
    case request.method === "PUT" && request.url?.startsWith("/versions/"): {
      deployments.set(
        decodeURIComponent(request.url.slice("/versions/".length)),
        (await readJson(request)) as Deployment,
      );
      return sendJson(response, 200, { versions: [...deployments.keys()] });
    }
    case route === "POST /flush":
      return sendJson(response, 200, { flushed: await leeway.flush(), ...leeway.stats() });
    case route === "GET /healthz":
      return sendJson(response, 200, { versions: [...deployments.keys()] });
    default:
      return sendJson(response, 404, { error: `no such route: ${route}` });
  }
}

// Every version scores the request under the flight's own id, so that one label tells how good each of them was.
function predict(flight: Flight): { version: string; late_probability: number } | { error: string } {
  const features = featuresOf(flight, settings.calendarShiftMs);
  let answer: { version: string; late_probability: number } | undefined;
  for (const [version, { model, environment }] of deployments) {
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
