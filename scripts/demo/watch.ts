import type { Incident, Retraining } from "@leeway/core/records";
import type { ApiClient } from "./api-client.ts";
import type { Told } from "./receivers.ts";
import type { Story } from "./story.ts";

/** What the demo reads from the public API between two simulated days. */
export interface Observation {
  incidents: Incident[];
  retrainings: Retraining[];
}

/** observe reads incidents and retrainings of `model` through the public API. */
export async function observe(api: ApiClient, model: string): Promise<Observation> {
  const query = `model=${encodeURIComponent(model)}`;
  const { incidents } = await api.get<{ incidents: Incident[] }>(`/v1/incidents?${query}`);
  const { retrainings } = await api.get<{ retrainings: Retraining[] }>(`/v1/retrainings?${query}`);
  return { incidents, retrainings };
}

const ACTED = { promote: "promoted", archive: "archived" } as const;

/** tellStory marks the chapters that `observation` and what the receivers got bear witness to. */
export function tellStory(
  story: Story,
  { incidents, retrainings }: Observation,
  told: readonly Told[],
): void {
  const drifts = incidents.filter(
    ({ cause, fired_at }) => cause === "concept_drift" && fired_at !== undefined,
  );
  for (const incident of drifts) {
    const ways = new Set(told.filter(({ title }) => title.includes(incident.title)).map(({ by }) => by));
    if (ways.size === 3)
      story.happened("concept_drift_told", `${incident.title} (by ${[...ways].join(", ")})`);
    if (
      incident.state === "resolved" &&
      incident.resolved_by !== undefined &&
      !incident.resolved_by.includes("@")
    )
      story.happened("concept_drift_resolved", `${incident.title}: ${incident.resolution ?? "resolved"}`);
  }
  for (const { status, version, new_version, message, verdict, acted } of retrainings) {
    if (status === "succeeded" && new_version !== undefined)
      story.happened("retrained", `version ${version} → version ${new_version}`);
    if (verdict !== undefined && acted !== undefined)
      story.happened(
        "compared",
        `${verdict.verdict}, ${ACTED[acted.action]} by ${acted.by}: ${verdict.sentence}`,
      );
    if (status === "failed")
      throw new Error(`the retraining of version ${version} failed: ${message ?? "no reason given"}`);
  }
  for (const incident of incidents.filter(({ cause }) => cause === "pipeline")) {
    const blamed = incident.features.find(({ name }) => name === "distance");
    if (incident.fired_at !== undefined && blamed?.distribution !== undefined)
      story.happened("pipeline_told", `${incident.title}: ${blamed.evidence}`);
  }
}
