import { LeewayError } from "@leeway/core/errors";
import { z } from "zod";
import { parseAllowList } from "./deliver/target/allow-list.ts";

const environmentSchema = z.object({
  CLICKHOUSE_URL: z.url(),
  CLICKHOUSE_DATABASE: z.string().min(1).default("leeway"),
  REDIS_URL: z.url(),
  LEEWAY_ANALYZER_PORT: z.coerce.number().int().min(0).max(65_535).default(4702),
  LEEWAY_ANALYZER_HOST: z.string().min(1).default("127.0.0.1"),
  LEEWAY_ANALYZER_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(2),
  LEEWAY_TICK_SECONDS: z.coerce.number().positive().max(3_600).default(5),
  LEEWAY_IDLE_SECONDS: z.coerce.number().positive().max(86_400).default(60),
  LEEWAY_HEARTBEAT_URL: z.url().optional(),
  LEEWAY_PUBLIC_URL: z.url().default("http://localhost:4701"),
  LEEWAY_API_URL: z.url().default("http://localhost:4700"),
  LEEWAY_ALLOW_PRIVATE_WEBHOOKS: z
    .string()
    .default("")
    .transform((text, context) => {
      const parsed = parseAllowList(text);
      if (parsed.outcome === "ok") return parsed.allowList;
      context.addIssue({ code: "custom", message: parsed.reason });
      return z.NEVER;
    }),
  SLACK_BOT_TOKEN: z.string().min(1).optional(),
  SLACK_API_URL: z.url().optional(),
  SLACK_SIGNING_SECRET: z.string().min(16).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  LEEWAY_MAIL_FROM: z.string().min(3).default("Leeway <leeway@localhost>"),
});

/** AnalyzerConfig is the analyzer's whole environment, parsed once. */
export type AnalyzerConfig = z.output<typeof environmentSchema>;

/** parseConfig returns the analyzer's configuration, or throws `invalid_request` that lists every problem at once. */
export function parseConfig(environment: Record<string, string | undefined>): AnalyzerConfig {
  // An empty variable is how compose files and shells say "unset".
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = environmentSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => ({
    path: issue.path.join("."),
    message: issue.message,
  }));
  const list = problems.map((problem) => `  ${problem.path}: ${problem.message}`).join("\n");
  throw new LeewayError("invalid_request", `The analyzer's configuration has problems:\n${list}`, {
    problems,
  });
}
