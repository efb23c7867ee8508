import { join } from "node:path";
import { answersOk } from "./answers-ok.ts";
import { buildWeb } from "./build-web.ts";
import { type Service, type ServiceSpec, startService } from "./child.ts";
import type { Credentials } from "./credentials.ts";
import { freePort } from "./free-port.ts";
import { INGEST_ARGUMENTS } from "./ingest-arguments.ts";
import { claimProcessList, releaseProcessList, writeProcessList } from "./process-list.ts";
import { redisSpec } from "./redis.ts";

/** Where and how the services run. */
export interface LeewayOptions {
  root: string;
  dataDir: string;
  credentials: Credentials;
  /** Settings for the services on top of this process's environment. */
  env?: Record<string, string>;
  say: (line: string) => void;
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

/** startLeeway brings up engine, Redis, ingest, analyzer and web, each a process of its own that is started again when it dies. */
export async function startLeeway(options: LeewayOptions): Promise<RunningLeeway> {
  const { root, dataDir, credentials, say, stopped } = options;
  const logDir = join(dataDir, "logs");
  const processList = join(dataDir, "processes.json");
  await claimProcessList(processList);
  const services: Service[] = [];
  const setting = (name: string) => options.env?.[name] ?? process.env[name];

  const start = async (spec: ServiceSpec) => {
    const sayEnded = (name: string, why: string) => say(`${name} ended (${why}): starting it again`);
    const service = await startService(spec, logDir, sayEnded, stopped);
    services.push(service);
    writeProcessList(
      processList,
      services.flatMap(({ name, pid }) => (pid === undefined ? [] : [{ name, pid }])),
    );
    return service;
  };
  const stop = async () => {
    for (const service of services.splice(0).reverse()) await service.stop();
    releaseProcessList(processList);
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
    const building = buildWeb(root, say);
    building.catch(() => undefined);
    const shared: Record<string, string> = { LEEWAY_DATA_DIR: dataDir };

    const clickhouseUrl = setting("CLICKHOUSE_URL");
    if (clickhouseUrl === undefined) {
      const port = await freePort();
      shared["CLICKHOUSE_URL"] = `http://127.0.0.1:${port}`;
      say("starting the database (embedded ClickHouse) …");
      await start(
        node(
          "store/src/embedded",
          "clickhouse",
          // The engine runs one statement per thread of libuv's pool, which is sized before a process's first line runs.
          { ...shared, LEEWAY_ENGINE_PORT: String(port), UV_THREADPOOL_SIZE: "12" },
          `http://127.0.0.1:${port}/ping`,
        ),
      );
    } else shared["CLICKHOUSE_URL"] = clickhouseUrl;

    const redisUrl = setting("REDIS_URL");
    if (redisUrl === undefined) {
      const port = await freePort();
      shared["REDIS_URL"] = `redis://127.0.0.1:${port}`;
      say("starting Redis …");
      await start(redisSpec(port, dataDir, say));
    } else shared["REDIS_URL"] = redisUrl;

    const apiPort = await freePort(Number(setting("LEEWAY_PORT") ?? 4700));
    const webPort = await freePort(Number(setting("LEEWAY_WEB_PORT") ?? 4701));
    const analyzerPort = await freePort(Number(setting("LEEWAY_ANALYZER_PORT") ?? 4702));
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
      args: [
        join(root, "web/node_modules/next/dist/bin/next"),
        "start",
        join(root, "web"),
        "--hostname",
        "127.0.0.1",
        "--port",
        String(webPort),
      ],
      env: {
        ...options.env,
        ...shared,
        NODE_ENV: "production",
        NEXT_TELEMETRY_DISABLED: "1",
        LEEWAY_ADMIN_EMAIL: credentials.adminEmail,
        LEEWAY_ADMIN_PASSWORD: credentials.adminPassword,
      },
      isReady: () => answersOk(`${webUrl}/sign-in`),
    });
    await onApi;
    return { apiUrl, webUrl, logDir, services, stop };
  } catch (error) {
    // What is still being started would otherwise be left behind.
    await onApi?.catch(() => undefined);
    await stop();
    throw error;
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
