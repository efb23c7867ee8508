import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import { parseWith, type TargetConfig, targetSchema } from "./agent-config.ts";

/** FoundTarget is a target that was found, with labels that only rules see. */
export interface FoundTarget {
  readonly target: TargetConfig;
  readonly meta: Readonly<Record<string, string>>;
}

/** FoundTargets are the targets of one place, or why the place can't be read. */
export type FoundTargets =
  | {
      readonly kind: "found";
      readonly targets: readonly FoundTarget[];
      /** What of the place could not be used. */
      readonly problems: readonly string[];
    }
  | { readonly kind: "failed"; readonly message: string };

/** As Prometheus' file_sd has them: addresses of one group, with labels. */
const groupSchema = z.strictObject({
  targets: z.array(z.string().min(1)),
  labels: z.record(z.string(), z.string()).default({}),
});
const fileSchema = z.array(z.union([groupSchema, targetSchema]));

/** readFileTargets reads a YAML or JSON file of targets: the agent's own form, or that of Prometheus' `file_sd_configs`. */
export async function readFileTargets(path: string): Promise<FoundTargets> {
  let content: unknown;
  try {
    content = parse(await readFile(path, "utf8"));
  } catch (error) {
    return { kind: "failed", message: `${path}: ${(error as Error).message.split("\n")[0]}` };
  }
  const outcome = parseWith(fileSchema, content ?? []);
  if (outcome.kind === "wrong") {
    const [problem] = outcome.problems;
    return { kind: "failed", message: `${path}: ${problem?.field}: ${problem?.message}` };
  }
  const targets: FoundTarget[] = [];
  const problems: string[] = [];
  for (const entry of outcome.config) {
    if ("targets" in entry) readGroup(entry, path, targets, problems);
    else targets.push({ target: entry, meta: {} });
  }
  return { kind: "found", targets, problems };
}

function readGroup(
  { targets, labels }: z.output<typeof groupSchema>,
  path: string,
  found: FoundTarget[],
  problems: string[],
): void {
  const scheme = labels["__scheme__"] ?? "http";
  const metricsPath = labels["__metrics_path__"] ?? "/metrics";
  const shown = Object.fromEntries(Object.entries(labels).filter(([name]) => !name.startsWith("__")));
  for (const address of targets) {
    const url = address.includes("://") ? address : `${scheme}://${address}${metricsPath}`;
    const outcome = parseWith(targetSchema, { url, labels: shown });
    if (outcome.kind === "config") found.push({ target: outcome.config, meta: labels });
    else problems.push(`${path}: ${address}: ${outcome.problems[0]?.message}`);
  }
}
