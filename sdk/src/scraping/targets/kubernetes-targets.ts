import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { HttpGet } from "../endpoint/http-get.ts";
import { type AgentConfig, parseWith, targetSchema } from "./agent-config.ts";
import type { FoundTarget, FoundTargets } from "./file-targets.ts";

type KubernetesConfig = NonNullable<AgentConfig["kubernetes"]>;

const texts = z.record(z.string(), z.string()).optional();
const podSchema = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    annotations: texts,
    labels: texts,
    deletionTimestamp: z.string().optional(),
  }),
  spec: z.object({ nodeName: z.string().optional() }).optional(),
  status: z.object({ phase: z.string().optional(), podIP: z.string().optional() }).optional(),
});
const podListSchema = z.object({
  metadata: z.object({ continue: z.string().optional() }).optional(),
  items: z.array(podSchema),
});
type Pod = z.output<typeof podSchema>;

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 64 * 1024 * 1024;
const PAGE = 250;

/**
 * findKubernetesTargets returns the running pods that ask to be scraped by their annotations: Prometheus' (`prometheus.io/scrape`), KServe's, or the agent's own
 * (`leeway/scrape`, `leeway/model` …). The token is read each time, since Kubernetes replaces it.
 */
export async function findKubernetesTargets(config: KubernetesConfig, get: HttpGet): Promise<FoundTargets> {
  const targets: FoundTarget[] = [];
  const problems: string[] = [];
  try {
    const access = await readAccess(config);
    for (const namespace of config.namespaces ?? [undefined]) {
      for await (const pod of podsOf(config, namespace, access, get)) {
        const found = targetOfPod(pod);
        if (typeof found === "string") problems.push(found);
        else if (found !== undefined) targets.push(found);
      }
    }
  } catch (error) {
    return { kind: "failed", message: `Kubernetes: ${(error as Error).message}` };
  }
  return { kind: "found", targets, problems };
}

interface Access {
  readonly token: string;
  readonly ca: string | undefined;
}

async function readAccess({
  api,
  token_file: tokenFile,
  ca_file: caFile,
}: KubernetesConfig): Promise<Access> {
  const token = (await readFile(tokenFile, "utf8")).trim();
  return { token, ca: api.startsWith("https:") ? await readFile(caFile, "utf8") : undefined };
}

async function* podsOf(
  config: KubernetesConfig,
  namespace: string | undefined,
  { token, ca }: Access,
  get: HttpGet,
): AsyncGenerator<Pod> {
  const path = namespace === undefined ? "/api/v1/pods" : `/api/v1/namespaces/${namespace}/pods`;
  let next: string | undefined = "";
  while (next !== undefined) {
    const url = new URL(path, config.api);
    url.searchParams.set("limit", String(PAGE));
    if (config.selector !== undefined) url.searchParams.set("labelSelector", config.selector);
    if (config.node !== undefined) url.searchParams.set("fieldSelector", `spec.nodeName=${config.node}`);
    if (next !== "") url.searchParams.set("continue", next);
    let body = "";
    const outcome = await get({
      ...{ url: url.href, ca, timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES },
      headers: { authorization: `Bearer ${token}`, accept: "application/json" },
      onText(text) {
        body += text;
        return undefined;
      },
    });
    if (outcome.kind === "failed") throw new Error(`${path}: ${outcome.message}`);
    const list = podListSchema.parse(JSON.parse(body));
    yield* list.items;
    next = list.metadata?.continue || undefined;
  }
}

/** targetOfPod returns the target that a pod's annotations ask for, what is wrong with them, or undefined where they ask for none. O(annotations). */
export function targetOfPod({ metadata, spec, status }: Pod): FoundTarget | string | undefined {
  const annotations = metadata.annotations ?? {};
  const own = (name: string): string | undefined => annotations[`leeway/${name}`];
  const asks =
    own("scrape") ??
    annotations["prometheus.io/scrape"] ??
    annotations["serving.kserve.io/enable-prometheus-scraping"];
  const isRunning = status?.phase === "Running" && metadata.deletionTimestamp === undefined;
  if (asks !== "true" || !isRunning || status?.podIP === undefined) return undefined;
  const setting = (name: string): string | undefined =>
    own(name) ?? annotations[`prometheus.io/${name}`] ?? annotations[`prometheus.kserve.io/${name}`];
  const host = status.podIP.includes(":") ? `[${status.podIP}]` : status.podIP;
  const path = setting("path") ?? "/metrics";
  const url = `${setting("scheme") ?? "http"}://${host}:${setting("port") ?? "80"}${path.startsWith("/") ? path : `/${path}`}`;
  const model = own("model");
  const given = {
    ...{ url, source: own("source"), model, version: model === undefined ? undefined : own("version") },
    replica: own("replica") ?? metadata.name,
    labels: { namespace: metadata.namespace, pod: metadata.name },
  };
  const outcome = parseWith(targetSchema, given);
  if (outcome.kind === "wrong") {
    const [problem] = outcome.problems;
    return `pod ${metadata.namespace}/${metadata.name}: ${problem?.field}: ${problem?.message}`;
  }
  const podLabels = Object.entries(metadata.labels ?? {}).map(([name, value]) => [
    `pod_label_${name}`,
    value,
  ]);
  const meta = { node: spec?.nodeName ?? "", ...Object.fromEntries(podLabels) } as Record<string, string>;
  return { target: outcome.config, meta };
}
