import type { Incident } from "./incident.ts";
import type { Model } from "./model.ts";

/** withOwner returns an incident with who owns its model now: that may change while it is open, so the record does not hold it. O(models). */
export function withOwner(
  { owner: _stored, ...incident }: Incident,
  models: readonly Pick<Model, "model" | "owner">[],
): Incident {
  const owner = models.find(({ model }) => model === incident.model)?.owner;
  return owner === undefined ? incident : { ...incident, owner };
}
