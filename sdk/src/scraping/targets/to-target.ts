import { AGENT_SOURCES } from "../../agent/sources.ts";
import type { AgentConfig, TargetConfig } from "./agent-config.ts";
import type { Target } from "./target.ts";

/** toTarget returns a target with the defaults of the configuration. O(1). */
export function toTarget(
  given: TargetConfig,
  config: Pick<AgentConfig, "interval" | "timeout" | "max_bytes">,
  hostname: string,
  meta: Readonly<Record<string, string>> = {},
): Target {
  const { nvidia_smi: nvidiaSmi, source, model, version, replica, labels } = given;
  const intervalMs = given.interval ?? config.interval;
  const common = {
    ...{ source, model, version, replica, labels, meta, intervalMs },
    timeoutMs: Math.min(given.timeout ?? config.timeout, intervalMs),
    maxBytes: given.max_bytes ?? config.max_bytes,
    bearerTokenEnv: given.bearer_token_env,
    bearerTokenFile: given.bearer_token_file,
    caFile: given.ca_file,
  };
  const url = given.url ?? urlOfHost(given);
  if (url === undefined) {
    const command = typeof nvidiaSmi === "string" ? nvidiaSmi : "nvidia-smi";
    return { ...common, id: command, name: hostname, from: { kind: "nvidia-smi", command } };
  }
  return { ...common, id: withoutSecrets(url), name: new URL(url).host, from: { kind: "http", url } };
}

const SECRET = /token|key|secret|pass|auth|sig/i;

// An id is shown and sent: what an address carries to be let in stays here.
function withoutSecrets(url: string): string {
  const shown = new URL(url);
  const secrets = [...new Set(shown.searchParams.keys())].filter((name) => SECRET.test(name));
  if (shown.username === "" && shown.password === "" && secrets.length === 0) return url;
  shown.username = "";
  shown.password = "";
  for (const name of secrets) shown.searchParams.set(name, "REDACTED");
  return shown.href;
}

// Port and path are the source's own where the host doesn't say otherwise.
function urlOfHost({ host, source }: TargetConfig): string | undefined {
  const reads = source === undefined ? undefined : AGENT_SOURCES[source];
  if (host === undefined || reads?.reads !== "http") return undefined;
  return `http://${/:\d+$/.test(host) ? host : `${host}:${reads.port}`}${reads.path}`;
}
