// There may be no Docker engine where this runs: what can be checked without one is that the file parses, that every service builds from
// files that exist or names a pinned image, that what it depends on exists and can be found healthy, and that no secret has a default.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const root = resolve(import.meta.dirname, "../..");
const text = readFileSync(join(root, "docker-compose.yml"), "utf8");
const composeSchema = z.object({
  services: z.record(
    z.string(),
    z.looseObject({
      image: z.string().regex(/:.+/, "must be pinned to a tag").optional(),
      build: z.object({ context: z.string(), dockerfile: z.string() }).optional(),
      depends_on: z.record(z.string(), z.object({ condition: z.literal("service_healthy") })).optional(),
      environment: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
      healthcheck: z
        .object({ test: z.array(z.string()) })
        .loose()
        .optional(),
    }),
  ),
});
const { services } = composeSchema.parse(parse(text, { merge: true }));
const problems: string[] = [];
// Secrets of features that are off without them: empty is off, never a value to guess.
const OPTIONAL_SECRETS = new Set(["SLACK_SIGNING_SECRET"]);

for (const wanted of ["clickhouse", "redis", "mail", "ingest", "analyzer", "web"])
  if (services[wanted] === undefined) problems.push(`there is no service ${wanted}`);
for (const [name, service] of Object.entries(services)) {
  if (service.build === undefined && service.image === undefined)
    problems.push(`${name}: neither image nor build`);
  if (service.build !== undefined && !existsSync(join(root, service.build.context, service.build.dockerfile)))
    problems.push(`${name}: ${service.build.dockerfile} does not exist`);
  for (const other of Object.keys(service.depends_on ?? {}))
    if (services[other]?.healthcheck === undefined)
      problems.push(`${name}: ${other} has no health check to wait for`);
  for (const [variable, value] of Object.entries(service.environment ?? {}))
    if (/PASSWORD|SECRET|API_KEY/.test(variable) && !hasNoDefault(variable, String(value)))
      problems.push(`${name}: ${variable} must come from the environment, without a default`);
}
if (problems.length > 0) {
  process.stdout.write(`${problems.join("\n")}\n`);
  process.exitCode = 1;
}

function hasNoDefault(variable: string, value: string): boolean {
  return /^\$\{\w+:\?/.test(value) || (OPTIONAL_SECRETS.has(variable) && value === `\${${variable}:-}`);
}
