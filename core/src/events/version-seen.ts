import { contentId } from "../incidents/content-id.ts";
import type { ChangeEvent } from "../records/index.ts";

/** SeenVersion is a version in one environment and the event time of its first prediction. */
export interface SeenVersion {
  model: string;
  version: string;
  environment: string;
  firstSeenAt: number;
}

/** versionSeen returns the event that a version began to serve. Its id follows from the version and environment alone: rows that come late make no second one. O(1). */
export function versionSeen({ model, version, environment, firstSeenAt }: SeenVersion): ChangeEvent {
  return {
    id: contentId("evt", ["version_seen", model, version, environment]),
    timestamp: firstSeenAt,
    kind: "deploy",
    title: `First prediction of version ${version}${environment === "production" ? "" : ` in ${environment}`}`,
    model,
    version,
    environment: environment as NonNullable<ChangeEvent["environment"]>,
    source: "leeway",
    attributes: {},
  };
}
