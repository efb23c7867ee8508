import { readFile } from "node:fs/promises";
import { createNvidiaSmiReader, type ReadNvidiaSmi } from "../agent/nvidia-smi/read-nvidia-smi.ts";
import type { HttpGet } from "../scraping/endpoint/http-get.ts";
import { type ScrapeOutcome, scrapeEndpoint } from "../scraping/endpoint/scrape-endpoint.ts";
import { isWanted } from "../scraping/mapping/read-quantities.ts";
import type { Target } from "../scraping/targets/target.ts";

/** createTargetReader returns how a target is read, with its token and certificates read each time, since they are replaced. */
export function createTargetReader(deps: {
  readonly get: HttpGet;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly maxSeries: number;
}): (target: Target) => Promise<ScrapeOutcome> {
  const commands = new Map<string, ReadNvidiaSmi>();
  return async (target) => {
    const { from, timeoutMs, maxBytes } = target;
    if (from.kind === "nvidia-smi") {
      const read = commands.get(from.command) ?? createNvidiaSmiReader(from.command);
      commands.set(from.command, read);
      return read(timeoutMs);
    }
    const access = await readAccess(target, deps.env);
    if (typeof access === "string") return { kind: "failed", reason: "refused", message: access };
    return scrapeEndpoint(deps.get, {
      ...{ url: from.url, timeoutMs, maxBytes, maxSeries: deps.maxSeries, wants: isWanted },
      ...access,
    });
  };
}

interface Access {
  readonly headers: Readonly<Record<string, string>>;
  readonly ca: string | undefined;
}

async function readAccess(
  { bearerTokenEnv, bearerTokenFile, caFile }: Target,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Access | string> {
  const headers: Record<string, string> = {};
  if (bearerTokenEnv !== undefined) {
    const token = env[bearerTokenEnv];
    if (token === undefined || token === "") return `the variable ${bearerTokenEnv} is not set`;
    headers["authorization"] = `Bearer ${token}`;
  }
  try {
    if (bearerTokenFile !== undefined)
      headers["authorization"] = `Bearer ${(await readFile(bearerTokenFile, "utf8")).trim()}`;
    return { headers, ca: caFile === undefined ? undefined : await readFile(caFile, "utf8") };
  } catch (error) {
    return (error as Error).message;
  }
}
