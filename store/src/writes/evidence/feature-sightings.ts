import { type Scope, scopeName } from "../predictions/scope.ts";

/** The kinds of value a feature can have, in the order of their dictionaries. */
export const VALUE_KINDS = ["number", "string", "boolean", "null"] as const;
export type ValueKind = (typeof VALUE_KINDS)[number];

/** FeatureSighting says that a model version sent a feature with a kind of value, between two event times. */
export interface FeatureSighting {
  project: string;
  model: string;
  version: string;
  feature: string;
  kind: ValueKind;
  firstSeen: number;
  lastSeen: number;
}

/**
 * FeatureSightings collects which features came with which kinds of value: the evidence of a schema made on the fly. Only minima and
 * maxima are kept, so that saving a sighting twice changes nothing. Bounded; what does not fit is counted in `dropped`.
 */
export class FeatureSightings {
  private readonly sightings = new Map<string, FeatureSighting>();
  private readonly limit: number;
  dropped = 0;

  constructor(limit = 200_000) {
    this.limit = limit;
  }

  see(scope: Scope, feature: string, kind: ValueKind, timestamp: number): void {
    const key = `${scopeName(scope.project, scope.model, scope.version)}\u0000${kind}\u0000${feature}`;
    const known = this.sightings.get(key);
    if (known !== undefined) {
      if (timestamp < known.firstSeen) known.firstSeen = timestamp;
      if (timestamp > known.lastSeen) known.lastSeen = timestamp;
      return;
    }
    if (this.sightings.size >= this.limit) {
      this.dropped++;
      return;
    }
    const { project, model, version } = scope;
    this.sightings.set(key, {
      project,
      model,
      version,
      feature,
      kind,
      firstSeen: timestamp,
      lastSeen: timestamp,
    });
  }

  /** drain returns what was seen since the last drain. */
  drain(): FeatureSighting[] {
    const seen = [...this.sightings.values()];
    this.sightings.clear();
    return seen;
  }

  get size(): number {
    return this.sightings.size;
  }
}
