import { z } from "zod";
import { passwordWeakness } from "../auth/common-password.ts";
import { MAX_PASSWORD_LENGTH } from "../auth/password.ts";
import { parseTrustedProxies } from "../auth/trusted-proxies.ts";

const environmentSchema = z
  .object({
    CLICKHOUSE_URL: z.url(),
    CLICKHOUSE_DATABASE: z.string().min(1).optional(),
    CLICKHOUSE_USER: z.string().min(1).optional(),
    CLICKHOUSE_PASSWORD: z.string().optional(),
    REDIS_URL: z.string().min(1).optional(),
    LEEWAY_API_URL: z.url({ protocol: /^https?$/ }).optional(),
    LEEWAY_PUBLIC_URL: z.url({ protocol: /^https?$/ }),
    LEEWAY_PORT: z.coerce.number().int().min(1).max(65_535).default(4700),
    LEEWAY_ADMIN_EMAIL: z.email().optional(),
    LEEWAY_ADMIN_PASSWORD: z
      .string()
      .min(12, "use at least 12 characters")
      .max(MAX_PASSWORD_LENGTH, `too long: use at most ${MAX_PASSWORD_LENGTH} characters`)
      .optional(),
    LEEWAY_WEB_HOST: z.string().min(1).default("127.0.0.1"),
    LEEWAY_WEB_PORT: z.coerce.number().int().min(1).max(65_535).default(4701),
    LEEWAY_TRUSTED_PROXIES: z
      .string()
      .default("")
      .transform((text, context) => {
        const parsed = parseTrustedProxies(text);
        if (parsed.outcome === "ok") return parsed.isTrusted;
        context.addIssue({
          code: "custom",
          message: `${parsed.reason}; expected addresses and networks such as 127.0.0.1,10.0.0.0/8`,
        });
        return z.NEVER;
      }),
  })
  .superRefine((env, context) => {
    if (env.LEEWAY_ADMIN_PASSWORD === undefined) return;
    const weakness = passwordWeakness(env.LEEWAY_ADMIN_PASSWORD, env.LEEWAY_ADMIN_EMAIL ?? "");
    if (weakness === undefined) return;
    context.addIssue({ code: "custom", path: ["LEEWAY_ADMIN_PASSWORD"], message: weakness });
  })
  .refine(
    (env) => (env.LEEWAY_ADMIN_EMAIL === undefined) === (env.LEEWAY_ADMIN_PASSWORD === undefined),
    "LEEWAY_ADMIN_EMAIL and LEEWAY_ADMIN_PASSWORD are set together or not at all",
  );

/** WebConfig is the web process's configuration, parsed once. */
export interface WebConfig {
  clickhouse: { url: string; database?: string; username?: string; password?: string };
  publicUrl: string;
  isSecure: boolean;
  /** Where the queues to the analyzer are; without it nothing can be asked of the analyzer. */
  redisUrl: string | undefined;
  /** Where this process reaches the API, to see whether it answers. */
  apiUrl: string;
  /** Where services send their predictions: shown to people who set one up. */
  ingestUrl: string;
  project: string;
  admin: { email: string; password: string } | undefined;
  /** Where this process listens. */
  listen: { host: string; port: number };
  /** Whether an address is one of our own reverse proxies, whose `X-Forwarded-For` is believed. */
  isTrustedProxy: (address: string) => boolean;
}

/** parseConfig returns the configuration that `env` holds, or throws one error that lists every problem. */
export function parseConfig(env: Record<string, string | undefined>): WebConfig {
  const parsed = environmentSchema.safeParse(env);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`The web app can't start with this environment:\n${problems.join("\n")}`);
  }
  const value = parsed.data;
  return {
    clickhouse: {
      url: value.CLICKHOUSE_URL,
      ...(value.CLICKHOUSE_DATABASE === undefined ? {} : { database: value.CLICKHOUSE_DATABASE }),
      ...(value.CLICKHOUSE_USER === undefined ? {} : { username: value.CLICKHOUSE_USER }),
      ...(value.CLICKHOUSE_PASSWORD === undefined ? {} : { password: value.CLICKHOUSE_PASSWORD }),
    },
    redisUrl: value.REDIS_URL,
    apiUrl: value.LEEWAY_API_URL ?? ingestUrl(value.LEEWAY_PUBLIC_URL, value.LEEWAY_PORT),
    publicUrl: value.LEEWAY_PUBLIC_URL,
    ingestUrl: ingestUrl(value.LEEWAY_PUBLIC_URL, value.LEEWAY_PORT),
    isSecure: value.LEEWAY_PUBLIC_URL.startsWith("https:"),
    project: "default",
    listen: { host: value.LEEWAY_WEB_HOST, port: value.LEEWAY_WEB_PORT },
    isTrustedProxy: value.LEEWAY_TRUSTED_PROXIES,
    admin:
      value.LEEWAY_ADMIN_EMAIL === undefined || value.LEEWAY_ADMIN_PASSWORD === undefined
        ? undefined
        : { email: value.LEEWAY_ADMIN_EMAIL, password: value.LEEWAY_ADMIN_PASSWORD },
  };
}

function ingestUrl(publicUrl: string, port: number): string {
  const url = new URL(publicUrl);
  url.port = String(port);
  return url.origin;
}

/** readConfig parses the configuration from the process's own environment. */
export function readConfig(): WebConfig {
  return parseConfig(process.env);
}
