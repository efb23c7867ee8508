import { join } from "node:path";
import { answersOk } from "../services/answers-ok.ts";
import { freePort } from "../services/free-port.ts";
import type { RunningApi } from "../services/leeway-services.ts";
import type { DemoCalendar } from "./calendar.ts";

/** The demo's customer of Leeway: an inference service and its training job, each a process of its own. */
export interface FlightServices {
  serviceUrl: string;
  trainerUrl: string;
}

/** startFlightServices starts the example of `sdk/examples/flight-delays` against a running Leeway. */
export async function startFlightServices(
  leeway: RunningApi,
  settings: { root: string; dataDir: string; apiKey: string; webhookSecret: string; calendar: DemoCalendar },
): Promise<FlightServices> {
  const example = join(settings.root, "sdk/examples/flight-delays");
  const servicePort = await freePort();
  const trainerPort = await freePort();
  const serviceUrl = `http://127.0.0.1:${servicePort}`;
  const trainerUrl = `http://127.0.0.1:${trainerPort}`;
  const env = {
    LEEWAY_URL: leeway.apiUrl,
    LEEWAY_API_KEY: settings.apiKey,
    FLIGHTS_STATE_DIR: join(settings.dataDir, "flights"),
    FLIGHTS_CALENDAR_SHIFT_MS: String(settings.calendar.shiftMs),
    FLIGHTS_SERVICE_URL: serviceUrl,
    FLIGHTS_WEBHOOK_SECRET: settings.webhookSecret,
    FLIGHTS_FILE: join(settings.root, "node_modules/vega-datasets/data/flights-3m.parquet"),
  };
  await Promise.all(
    (
      [
        ["service", servicePort, serviceUrl],
        ["trainer", trainerPort, trainerUrl],
      ] as const
    ).map(([name, port, url]) =>
      leeway.startAlso({
        name: `flight-${name}`,
        command: process.execPath,
        args: ["--import", "tsx", join(example, `${name}.ts`)],
        env: { ...env, FLIGHTS_PORT: String(port) },
        isReady: () => answersOk(`${url}/healthz`),
      }),
    ),
  );
  return { serviceUrl, trainerUrl };
}
