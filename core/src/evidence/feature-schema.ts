import { z } from "zod";

/** FeatureKind is a kind of value that a feature came with, and between which event times (epoch milliseconds). */
export interface FeatureKind {
  version: string;
  feature: string;
  kind: string;
  firstSeen: number;
  lastSeen: number;
}

/** featureSchemaSchema is one feature of `GET /v1/models/{model}/features`. */
export const featureSchemaSchema = z.object({
  name: z.string(),
  kinds: z.array(
    z.object({
      kind: z.enum(["number", "string", "boolean", "null"]),
      versions: z.array(z.string()),
      first_seen: z.number(),
      last_seen: z.number(),
    }),
  ),
  issues: z.array(
    z.object({ code: z.enum(["type_conflict", "case_collision", "unicode_collision"]), message: z.string() }),
  ),
});

export type FeatureSchema = z.infer<typeof featureSchemaSchema>;

/** featureSchemas returns every feature that came, with its kinds of value and what about it looks like a mistake: two types, or a near twin. */
export function featureSchemas(sightings: readonly FeatureKind[]): FeatureSchema[] {
  const byName = new Map<string, FeatureKind[]>();
  for (const sighting of sightings) {
    byName.set(sighting.feature, [...(byName.get(sighting.feature) ?? []), sighting]);
  }
  const names = [...byName.keys()];
  const byCase = groupNames(names, (name) => name.normalize("NFC").toLowerCase());
  const byForm = groupNames(names, (name) => name.normalize("NFKC"));
  return names.sort().map((name) => {
    const kinds = kindsOf(byName.get(name) ?? []);
    return { name, kinds, issues: issuesOf(name, kinds, byCase, byForm) };
  });
}

function kindsOf(sightings: readonly FeatureKind[]): FeatureSchema["kinds"] {
  const kinds = [...new Set(sightings.map(({ kind }) => kind))].sort();
  return kinds.map((kind) => {
    const same = sightings.filter((one) => one.kind === kind);
    return {
      kind: featureSchemaSchema.shape.kinds.element.shape.kind.parse(kind),
      versions: [...new Set(same.map(({ version }) => version))].sort(),
      first_seen: Math.min(...same.map(({ firstSeen }) => firstSeen)),
      last_seen: Math.max(...same.map(({ lastSeen }) => lastSeen)),
    };
  });
}

function issuesOf(
  name: string,
  kinds: FeatureSchema["kinds"],
  byCase: NameGroups,
  byForm: NameGroups,
): FeatureSchema["issues"] {
  const issues: FeatureSchema["issues"] = [];
  const types = kinds.map(({ kind }) => kind).filter((kind) => kind !== "null");
  if (types.length > 1) {
    issues.push({ code: "type_conflict", message: `came as ${types.join(" and as ")}` });
  }
  const twins = byCase(name).filter((other) => other !== name);
  const lookalikes = byForm(name).filter((other) => other !== name);
  for (const twin of twins.filter((other) => !lookalikes.includes(other))) {
    issues.push({ code: "case_collision", message: `differs from ${JSON.stringify(twin)} only in case` });
  }
  for (const twin of lookalikes) {
    const message = `looks the same as ${JSON.stringify(twin)} but is made of other characters`;
    issues.push({ code: "unicode_collision", message });
  }
  return issues;
}

type NameGroups = (name: string) => string[];

function groupNames(names: readonly string[], formOf: (name: string) => string): NameGroups {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const form = formOf(name);
    groups.set(form, [...(groups.get(form) ?? []), name]);
  }
  return (name) => groups.get(formOf(name)) ?? [];
}
