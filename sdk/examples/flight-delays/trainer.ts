// The training job: trains versions of the model, tells Leeway what they were trained on, and hands them to the service. Leeway's
// retraining webhook (POST /retrain, signed by Standard Webhooks) starts it by itself.
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type FlownFlight, featuresOf, isLate, outcomeKnownAt } from "./flight.ts";
import { createLeewayApi } from "./leeway-api.ts";
import { type LogisticRegression, predictLate, trainLogisticRegression } from "./logistic-regression.ts";
import { positionOf, readFlights } from "./read-flights.ts";
import { readBody, required, sendJson, serviceSettings } from "./service-http.ts";

/** A span of event time, half-open: what Leeway asks to train on. */
interface TimeRange {
  from: number;
  to: number;
}

const settings = serviceSettings(process.env);
const serviceUrl = required(process.env, "FLIGHTS_SERVICE_URL");
const webhookSecret = required(process.env, "FLIGHTS_WEBHOOK_SECRET");
const api = createLeewayApi(settings.leeway);

// Traffic is every 20th flight (0, 20, 40 …). One in five others trains the model; every 20th, ten away from traffic, is its hold-out.
const isTraining = (position: number) => position % 5 === 1;
const isHoldOut = (position: number) => position % 20 === 10;
const flights = (
  await readFlights(
    required(process.env, "FLIGHTS_FILE"),
    (position) => isTraining(position) || isHoldOut(position),
  )
).map((flight) => ({ ...flight, departure: flight.departure + settings.calendarShiftMs }));

createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    sendJson(response, 500, { error: error instanceof Error ? error.message : String(error) });
  });
}).listen(settings.port, "127.0.0.1");
process.once("SIGTERM", () => process.exit(0));

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  switch (`${request.method} ${request.url}`) {
    case "POST /train": {
      const { from, to } = JSON.parse(await readBody(request)) as { from: number; to: number };
      return sendJson(response, 200, await trainVersion([{ from, to }], "production"));
    }
    case "POST /retrain": {
      const body = await readBody(request);
      if (!isSigned(request, body)) return sendJson(response, 401, { error: "the signature does not match" });
      const { data } = JSON.parse(body) as {
        data: { retraining_id: string; train: TimeRange[]; test: boolean };
      };
      // Somebody tries the channel out: the message can be read, and that is all.
      if (data.test) return sendJson(response, 200, { status: "test" });
      // Answered once it is done: were this process killed meanwhile, the webhook would be sent again.
      await retrainOnce(data.retraining_id, data.train);
      return sendJson(response, 200, { status: "done" });
    }
    case "GET /healthz":
      return sendJson(response, 200, { flights: flights.length });
    default:
      return sendJson(response, 404, { error: "no such route" });
  }
}

// The same webhook may come twice, also while the first is still being worked on: one id trains one version.
const retrainings = new Map<string, Promise<void>>();

function retrainOnce(retrainingId: string, ranges: readonly TimeRange[]): Promise<void> {
  const known = retrainings.get(retrainingId);
  if (known !== undefined) return known;
  const started = retrain(retrainingId, ranges);
  retrainings.set(retrainingId, started);
  return started;
}

async function retrain(retrainingId: string, ranges: readonly TimeRange[]): Promise<void> {
  try {
    await api.reportRetraining(retrainingId, { status: "running" });
    const { version, log_loss } = await trainVersion(ranges, "shadow");
    await api.reportRetraining(retrainingId, {
      status: "succeeded",
      new_version: version,
      metrics: { hold_out_log_loss: log_loss },
    });
  } catch (error) {
    await api.reportRetraining(retrainingId, { status: "failed", message: String(error) });
  }
}

// Only flights whose outcome was known by the end of their range may teach the model: those still in the air would leak the future.
async function trainVersion(ranges: readonly TimeRange[], environment: "production" | "shadow") {
  const known = flights.filter((flight) =>
    ranges.some(({ from, to }) => flight.departure >= from && outcomeKnownAt(flight) < to),
  );
  const model = trainLogisticRegression(
    known.filter((flight) => isTraining(positionOf(flight))),
    settings.calendarShiftMs,
  );
  const deployed = (await fetch(`${serviceUrl}/healthz`).then((answer) => answer.json())) as {
    versions: string[];
  };
  const version = String(1 + Math.max(0, ...deployed.versions.map(Number)));
  const holdOut = known.filter((flight) => isHoldOut(positionOf(flight)));
  await api.putVersion("flight-delays", version, {
    stage: environment,
    framework: "logistic regression",
    description: `trained on ${model.trainedOn.flights} flights of ${ranges.map(({ from, to }) => `${isoDay(from)} to ${isoDay(to)}`).join(", ")}`,
  });
  await api.uploadReference("flight-delays", version, referenceCsv(model, holdOut));
  await fetch(`${serviceUrl}/versions/${version}`, {
    method: "PUT",
    body: JSON.stringify({ model, environment }),
  }).then((answer) => answer.arrayBuffer());
  return { version, flights: model.trainedOn.flights, log_loss: logLoss(model, holdOut) };
}

function referenceCsv(model: LogisticRegression, holdOut: readonly FlownFlight[]): string {
  const lines = holdOut.map((flight) => {
    const features = featuresOf(flight, settings.calendarShiftMs);
    const { hour, day_of_week, distance, origin, destination } = features;
    const score = predictLate(model, features);
    return [
      new Date(flight.departure).toISOString(),
      hour,
      day_of_week,
      distance,
      origin,
      destination,
      score,
      isLate(flight),
    ].join(",");
  });
  return ["timestamp,hour,day_of_week,distance,origin,destination,score,label", ...lines, ""].join("\n");
}

function logLoss(model: LogisticRegression, holdOut: readonly FlownFlight[]): number {
  let sum = 0;
  for (const flight of holdOut) {
    const score = predictLate(model, featuresOf(flight, settings.calendarShiftMs));
    sum -= Math.log(isLate(flight) ? score : 1 - score);
  }
  return sum / holdOut.length;
}

// https://www.standardwebhooks.com: HMAC-SHA256 over "id.timestamp.body", base64, prefixed with the scheme's version.
function isSigned(request: IncomingMessage, body: string): boolean {
  const {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signatures,
  } = request.headers;
  const key = Buffer.from(webhookSecret.replace(/^whsec_/, ""), "base64");
  const expected = Buffer.from(
    `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`,
  );
  return String(signatures)
    .split(" ")
    .map((signature) => Buffer.from(signature))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}

const isoDay = (time: number) => new Date(time).toISOString().slice(0, 10);
