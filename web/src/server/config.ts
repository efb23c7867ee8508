import { z } from "zod";

const environmentSchema = z
  .object({
    CLICKHOUSE_URL: z.url(),
    CLICKHOUSE_DATABASE: z.string().min(1).optional(),
    CLICKHOUSE_USER: z.string().min(1).optional(),
    CLICKHOUSE_PASSWORD: z.string().optional(),
    LEEWAY_PUBLIC_URL: z.url({ protocol: /^https?$/ }),
    LEEWAY_PORT: z.coerce.number().int().min(1).max(65_535).default(4700),
    LEEWAY_ADMIN_EMAIL: z.email().optional(),
    LEEWAY_ADMIN_PASSWORD: z.string().min(12).max(128).optional(),
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
  /** Where services send their predictions: shown to people who set one up. */
  ingestUrl: string;
  project: string;
  admin: { email: string; password: string } | undefined;
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
    publicUrl: value.LEEWAY_PUBLIC_URL,
    ingestUrl: ingestUrl(value.LEEWAY_PUBLIC_URL, value.LEEWAY_PORT),
    isSecure: value.LEEWAY_PUBLIC_URL.startsWith("https:"),
    project: "default",
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
