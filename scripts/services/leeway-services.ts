import { join } from "node:path";
import { answersOk } from "./answers-ok.ts";
import { buildWeb } from "./build-web.ts";
import { type Service, type ServiceSpec, startService } from "./child.ts";
import type { Credentials } from "./credentials.ts";
import { freePort } from "./free-port.ts";
import { INGEST_ARGUMENTS } from "./ingest-arguments.ts";
import { createPortClaims } from "./port-claim.ts";
import { claimProcessList } from "./process-list.ts";
import { redisSpec } from "./redis.ts";

// How long what was begun beside the start may take to notice that it is over.
const LAST_STARTS_MS = 30_000;

/** Where and how the services run. */
export interface LeewayOptions {
  root: string;
  dataDir: string;
  credentials: Credentials;
  /** Settings for the services on top of this process's environment. */
  env?: Record<string, string>;
  say: (line: string) => void;
  /** Whether the ports must be those asked for, or may be others where these are taken. */
  ports: "fixed" | "any";
  /** Ends the start where it is: what runs already is stopped, and the call throws. */
  stopped: AbortSignal;
  /** What can begin as soon as the API answers, while the web app is still being built. */
  onApi?: (api: RunningApi) => Promise<void>;
}

/** RunningApi is the product without its pages. */
export interface RunningApi {
  apiUrl: string;
  startAlso(spec: ServiceSpec): Promise<Service>;
}

/** The running product: the URLs, and the processes behind them. */
export interface RunningLeeway {
  apiUrl: string;
  webUrl: string;
  logDir: string;
  services: readonly Service[];
  stop(): Promise<void>;
}

/** startLeeway brings up engine, Redis, ingest, analyzer and web, each a process of its own that is started again when it dies. It resolves when each of them is ready. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: wiring, in the order in which services need each other
export async function startLeeway(options: LeewayOptions): Promise<RunningLeeway> {
  const { root, dataDir, credentials, say, stopped } = options;
  const logDir = join(dataDir, "logs");
  const processes = await claimProcessList(join(dataDir, "processes.json"));
  const claims = createPortClaims(say);
  const services: Service[] = [];
  const setting = (name: string) => options.env?.[name] ?? process.env[name];
  const portOf = (what: string, variable: string, port: number) =>
    claims.claim({ what, variable, port: Number(setting(variable) ?? port), choice: options.ports });

  const start = async (spec: ServiceSpec) => {
    const service = await startService(spec, {
      logDir,
      onLaunch: (name, pid) => processes.set(name, pid),
      onRestart: (name, why) => say(`${name} ended (${why}): starting it again`),
      stopped,
    });
    services.push(service);
    return service;
  };
  const stop = async () => {
    const ending = services.splice(0);
    // What the others need goes last.
    const isServer = ({ name }: Service) => name === "clickhouse" || name === "redis";
    await Promise.all(ending.filter((service) => !isServer(service)).map((service) => service.stop()));
    await Promise.all(ending.filter(isServer).map((service) => service.stop()));
    claims.release();
    processes.release();
  };
  const node = (
    folder: string,
    name: string,
    env: Record<string, string>,
    readyUrl: string,
  ): ServiceSpec => ({
    name,
    command: process.execPath,
    args: [...(name === "ingest" ? INGEST_ARGUMENTS : []), "--import", "tsx", join(root, folder, "main.ts")],
    env: { ...options.env, ...env },
    isReady: () => answersOk(readyUrl),
  });

  let onApi: Promise<void> | undefined;
  try {
    // First of all: a port that is taken is no reason to have started anything.
    const apiPort = await portOf("the API", "LEEWAY_PORT", 4700);
    const webPort = await portOf("the web app", "LEEWAY_WEB_PORT", 4701);
    const analyzerPort = await portOf("the analyzer's health", "LEEWAY_ANALYZER_PORT", 4702);
    const building = buildWeb(root, say, stopped);
    building.catch(() => undefined);
    const shared: Record<string, string> = { LEEWAY_DATA_DIR: dataDir };

    const clickhouseUrl = setting("CLICKHOUSE_URL");
    if (clickhouseUrl === undefined) {
      const port = await freePort();
      shared["CLICKHOUSE_URL"] = `http://leeway:${credentials.enginePassword}@127.0.0.1:${port}`;
      say("starting the database (embedded ClickHouse) …");
      await start(
        node(
          "store/src/embedded",
          "clickhouse",
          // The engine runs one statement per thread of libuv's pool, which is sized before a process's first line runs.
          {
            LEEWAY_DATA_DIR: dataDir,
            LEEWAY_ENGINE_PORT: String(port),
            LEEWAY_ENGINE_PASSWORD: credentials.enginePassword,
            UV_THREADPOOL_SIZE: "12",
          },
          `http://127.0.0.1:${port}/ping`,
        ),
      );
    } else shared["CLICKHOUSE_URL"] = clickhouseUrl;

    const redisUrl = setting("REDIS_URL");
    if (redisUrl === undefined) {
      const port = await freePort();
      shared["REDIS_URL"] = `redis://:${credentials.redisPassword}@127.0.0.1:${port}`;
      say("starting Redis …");
      await start(redisSpec({ port, dataDir, password: credentials.redisPassword, say }));
    } else shared["REDIS_URL"] = redisUrl;

    const apiUrl = `http://127.0.0.1:${apiPort}`;
    const webUrl = `http://127.0.0.1:${webPort}`;
    shared["LEEWAY_PUBLIC_URL"] = setting("LEEWAY_PUBLIC_URL") ?? webUrl;
    shared["LEEWAY_API_URL"] = setting("LEEWAY_API_URL") ?? apiUrl;
    shared["LEEWAY_PORT"] = String(apiPort);

    say("starting ingest, analyzer and web …");
    await start(
      node(
        "ingest/src",
        "ingest",
        { ...shared, LEEWAY_BOOTSTRAP_API_KEY: credentials.apiKey },
        `${apiUrl}/readyz`,
      ),
    );
    await start(
      node(
        "analyzer/src",
        "analyzer",
        { ...shared, LEEWAY_ANALYZER_PORT: String(analyzerPort) },
        `http://127.0.0.1:${analyzerPort}/healthz`,
      ),
    );
    onApi = options.onApi?.({ apiUrl, startAlso: start });
    onApi?.catch(() => undefined);
    await Promise.race([building, aborted(stopped)]);
    await start({
      name: "web",
      command: process.execPath,
      args: ["--import", "tsx", join(root, "web/src/main.ts")],
      env: {
        ...options.env,
        ...shared,
        NODE_ENV: "production",
        NEXT_TELEMETRY_DISABLED: "1",
        LEEWAY_WEB_PORT: String(webPort),
        LEEWAY_ADMIN_EMAIL: credentials.adminEmail,
        LEEWAY_ADMIN_PASSWORD: credentials.adminPassword,
      },
      isReady: () => answersOk(`${webUrl}/sign-in`),
    });
    await onApi;
    // One that was ready may have died while others were still starting.
    await Promise.all(services.map((service) => service.untilReady()));
    return { apiUrl, webUrl, logDir, services, stop };
  } catch (error) {
    // What is still being started would otherwise be left behind.
    await Promise.race([onApi?.catch(() => undefined), pause(LAST_STARTS_MS)]);
    await stop();
    throw error;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
