import { join } from "node:path";
import { readFlights } from "../../sdk/examples/flight-delays/read-flights.ts";
import { ensureCredentials } from "../services/credentials.ts";
import { type RunningApi, startLeeway } from "../services/leeway-services.ts";
import { type ApiClient, createApiClient } from "./api-client.ts";
import type { DemoCalendar } from "./calendar.ts";
import { createFlightServiceClient } from "./flight-service-client.ts";
import { startFlightServices } from "./flight-services.ts";
import { playSeason, type Season } from "./play-season.ts";
import { type Receivers, startReceivers, type Told } from "./receivers.ts";
import { say, sayBlock } from "./say.ts";
import { createStory } from "./story.ts";

/** What a run of the demo is given. */
export interface DemoOptions {
  root: string;
  dataDir: string;
  calendar: DemoCalendar;
  /** End when the story is over instead of staying up for a look in the browser. */
  shouldExit: boolean;
  stopped: AbortSignal;
}

// Traffic is every 20th flight: about 830 a day.
const isTraffic = (position: number) => position % 20 === 0;

/** runDemo brings everything up, plays the season, and returns whether every chapter of the story happened. */
export async function runDemo(options: DemoOptions): Promise<boolean> {
  const { root, dataDir, calendar, stopped } = options;
  const credentials = ensureCredentials(dataDir, process.env);
  const receivers = await startReceivers(printTold);
  let season: Pick<Season, "flights" | "service"> | undefined;
  const leeway = await startLeeway({
    root,
    dataDir,
    credentials,
    say,
    ports: "any",
    stopped,
    env: { ...receivers.env, LEEWAY_TICK_SECONDS: "2" },
    onApi: async (running) => {
      season = await prepareSeason(running, options, receivers, credentials.apiKey);
    },
  }).catch((error: unknown) => {
    receivers.stop();
    throw error;
  });
  const story = createStory();
  try {
    say(`web   ${leeway.webUrl}   sign in with ${credentials.adminEmail} and ${credentials.adminPassword}`);
    say(`API   ${leeway.apiUrl}   key ${credentials.apiKey}   (${leeway.apiUrl}/docs)`);
    sayBlock(leeway.services.map(({ name, pid }) => `${name.padEnd(14)} process ${pid}`));
    sayBlock([`logs in ${leeway.logDir}`]);
    const api = createApiClient(leeway.apiUrl, credentials.apiKey);
    story.happened(
      "service_up",
      `${leeway.services.length} processes, API ${leeway.apiUrl}, web ${leeway.webUrl}`,
    );
    if (season === undefined) throw new Error("the inference service was not started");
    await playSeason({
      api,
      story,
      calendar,
      stopped,
      told: receivers.told,
      ...season,
    });
    say("the story, as the public API tells it:");
    for (const line of story.summary()) process.stdout.write(`${line}\n`);
    const isComplete = story.missing().length === 0;
    if (!options.shouldExit && !stopped.aborted) {
      say(
        `have a look: ${leeway.webUrl}   sign in with ${credentials.adminEmail} and ${credentials.adminPassword}`,
      );
      say("Ctrl-C ends everything");
      await new Promise<void>((end) => stopped.addEventListener("abort", () => end(), { once: true }));
    }
    return isComplete;
  } finally {
    say("stopping …");
    await leeway.stop();
    receivers.stop();
  }
}

/** prepareSeason starts the inference service, trains its first version and reads the flights that it will be asked about. */
async function prepareSeason(
  leeway: RunningApi,
  { root, dataDir, calendar }: DemoOptions,
  receivers: Receivers,
  apiKey: string,
): Promise<Pick<Season, "flights" | "service">> {
  say("starting the inference service and its training job …");
  const { serviceUrl, trainerUrl } = await startFlightServices(leeway, {
    root,
    dataDir,
    apiKey,
    webhookSecret: receivers.webhookSecret,
    calendar,
  });
  await createChannels(createApiClient(leeway.apiUrl, apiKey), receivers, trainerUrl);
  await trainFirstVersion(trainerUrl, calendar);
  const flights = await readFlights(
    join(root, "node_modules/vega-datasets/data/flights-3m.parquet"),
    isTraffic,
  );
  return {
    flights: flights
      .map((flight) => ({ ...flight, departure: flight.departure + calendar.shiftMs }))
      .filter(({ departure }) => departure >= calendar.trafficFrom),
    service: createFlightServiceClient(serviceUrl),
  };
}

async function createChannels(api: ApiClient, receivers: Receivers, trainerUrl: string): Promise<void> {
  const dayMs = 86_400_000;
  const channels = [
    { kind: "slack", name: "Slack", slack_channel: "#ml-alerts" },
    { kind: "email", name: "On call", to: ["oncall@example.com"] },
    { kind: "webhook", name: "Pager", url: receivers.webhookUrl, secret: receivers.webhookSecret },
    {
      kind: "retrain",
      name: "Retraining",
      url: `${trainerUrl}/retrain`,
      secret: receivers.webhookSecret,
      causes: ["concept_drift"],
      cool_down: 21 * dayMs,
      auto_promote: true,
      auto_archive: true,
    },
  ];
  for (const channel of channels) await api.post("/v1/channels", channel);
}

async function trainFirstVersion(trainerUrl: string, calendar: DemoCalendar): Promise<void> {
  const answer = await fetch(`${trainerUrl}/train`, {
    method: "POST",
    body: JSON.stringify({ from: calendar.trainingFrom, to: calendar.trafficFrom }),
  });
  if (!answer.ok) throw new Error(`the first version could not be trained: ${await answer.text()}`);
  const { version, flights, log_loss } = (await answer.json()) as {
    version: string;
    flights: number;
    log_loss: number;
  };
  say(
    `version ${version} trained on ${flights} flights of January: log loss ${log_loss.toFixed(4)} on its hold-out`,
  );
}

const ARROWS = { slack: "Slack   ←", email: "e-mail  ←", webhook: "webhook ←" } as const;

function printTold({ by, title, lines }: Told): void {
  say(`${ARROWS[by]} ${title}`);
  sayBlock(lines.filter((line) => line.trim() !== "").slice(0, by === "slack" ? 24 : 4));
}
