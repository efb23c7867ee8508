import { DURATION_PATTERN, parseDuration } from "@leeway/core/duration";
import { SOURCES, type SourceName } from "@leeway/core/quantities";
import { z } from "zod";

const SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

const name = z.string().trim().min(1).max(128);
const duration = z
  .string()
  .regex(DURATION_PATTERN, "expected a duration such as 15s, 1m or 1h")
  .transform((text) => parseDuration(text) as number);
const labels = z.record(
  z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_.]*$/, "a label is made of letters, digits, _ and ."),
  z.string().max(256),
);
const address = z.url({ protocol: /^https?$/, error: "expected an http or https address" });
const bytes = z.number().int().min(1_024).max(1_073_741_824);
const sourceName = z.enum(Object.keys(SOURCES) as [SourceName, ...SourceName[]]);
const pattern = z.string().transform((text, context) => {
  try {
    return new RegExp(`^(?:${text})$`, "u");
  } catch {
    context.addIssue({ code: "custom", message: `"${text}" is no regular expression` });
    return z.NEVER;
  }
});

/** targetSchema is one target in the configuration or in a file of targets. */
export const targetSchema = z
  .strictObject({
    url: address.optional(),
    host: z
      .string()
      .regex(
        /^(\[[0-9a-f:.]+\]|[a-zA-Z0-9._-]+)(:\d{1,5})?$/,
        "expected a host, such as 10.0.0.5 or gpu-a:8000",
      )
      .refine((host) => URL.canParse(`http://${host}`), "is no address: look at its numbers and its port")
      .optional(),
    nvidia_smi: z.union([z.literal(true), z.string().min(1)]).optional(),
    source: sourceName.optional(),
    model: name.optional(),
    version: name.optional(),
    replica: name.optional(),
    labels: labels.default({}),
    interval: duration.optional(),
    timeout: duration.optional(),
    max_bytes: bytes.optional(),
    bearer_token_env: name.optional(),
    bearer_token_file: z.string().min(1).optional(),
    ca_file: z.string().min(1).optional(),
  })
  .refine(
    ({ url, host, nvidia_smi }) => [url, host, nvidia_smi].filter((one) => one !== undefined).length === 1,
    { error: "give one of url, host and nvidia_smi" },
  )
  .refine(({ host, source }) => host === undefined || (source !== undefined && source !== "nvidia-smi"), {
    path: ["source"],
    error: "a host needs its source, which says port and path",
  })
  .refine(({ model, version }) => version === undefined || model !== undefined, {
    path: ["version"],
    error: "a version needs its model",
  });

const fileSchema = z.strictObject({ path: z.string().min(1) });

const kubernetesSchema = z.strictObject({
  namespaces: z.array(name).min(1).optional(),
  selector: z.string().min(1).optional(),
  node: z.string().min(1).optional(),
  api: address.default("https://kubernetes.default.svc"),
  token_file: z.string().min(1).default(`${SERVICE_ACCOUNT}/token`),
  ca_file: z.string().min(1).default(`${SERVICE_ACCOUNT}/ca.crt`),
});

const ruleSchema = z
  .strictObject({
    when: z.record(z.string().min(1), pattern).default({}),
    model: name.optional(),
    version: name.optional(),
    replica: name.optional(),
  })
  .refine(({ model, version, replica }) => (model ?? version ?? replica) !== undefined, {
    error: "a rule gives a model, a version or a replica",
  });

/** agentConfigSchema is the whole configuration of the agent (`agent.yaml`). */
export const agentConfigSchema = z
  .strictObject({
    interval: duration.default(15_000),
    timeout: duration.default(5_000),
    refresh: duration.default(30_000),
    max_bytes: bytes.default(16_777_216),
    max_series: z.number().int().min(1).max(1_000_000).default(20_000),
    spool_dir: z.string().min(1).optional(),
    unassigned: z.enum(["hold", "send"]).default("hold"),
    targets: z.array(targetSchema).default([]),
    files: z.array(fileSchema).default([]),
    kubernetes: kubernetesSchema.optional(),
    assign: z.array(ruleSchema).default([]),
  })
  .refine(({ timeout, interval }) => timeout <= interval, {
    path: ["timeout"],
    error: "must not be longer than interval",
  })
  .refine(({ targets, files, kubernetes }) => targets.length + files.length > 0 || kubernetes !== undefined, {
    path: ["targets"],
    error: "there is nothing to read: give targets, files or kubernetes",
  });

/** AgentConfig is the checked configuration. */
export type AgentConfig = z.output<typeof agentConfigSchema>;

/** TargetConfig is one checked target of it. */
export type TargetConfig = z.output<typeof targetSchema>;

/** ConfigOutcome is a configuration, or every mistake in it, each with the field it is in. */
export type ConfigOutcome<Config = AgentConfig> =
  | { readonly kind: "config"; readonly config: Config }
  | { readonly kind: "wrong"; readonly problems: readonly ConfigProblem[] };

/** ConfigProblem names a field (`targets[2].url`) and what is wrong with it. */
export interface ConfigProblem {
  readonly path: readonly (string | number)[];
  readonly field: string;
  readonly message: string;
}

/** parseAgentConfig checks a configuration as it is read from YAML. O(fields). */
export function parseAgentConfig(value: unknown): ConfigOutcome {
  return parseWith(agentConfigSchema, value ?? {});
}

/** parseWith checks a value by a schema and names the field of each mistake. O(fields). */
export function parseWith<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): ConfigOutcome<z.output<Schema>> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { kind: "config", config: parsed.data };
  return { kind: "wrong", problems: parsed.error.issues.flatMap(problemsOf) };
}

function problemsOf(issue: z.core.$ZodIssue): ConfigProblem[] {
  const path = issue.path.map((part) => (typeof part === "symbol" ? String(part) : part));
  if (issue.code !== "unrecognized_keys") return [problemAt(path, issue.message)];
  return issue.keys.map((key) => problemAt([...path, key], "there is no such field"));
}

function problemAt(path: readonly (string | number)[], message: string): ConfigProblem {
  const field = path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : text === "" ? part : `${text}.${part}`),
    "",
  );
  return { path, field: field === "" ? "the file" : field, message };
}
