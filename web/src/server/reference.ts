import "server-only";
import type { Reference } from "@leeway/core/records";
import { server } from "./composition.ts";
import type { Principal } from "./principal.ts";

/** heldReference returns what a version is held against: its own newest reference, else the model's newest, or undefined while there is none. */
export async function heldReference(
  principal: Principal,
  scope: { model: string; version: string },
): Promise<Reference | undefined> {
  const references = await server().store.records.reference.list(principal.project);
  const ofModel = references
    .filter(({ model }) => model === scope.model)
    .sort((a, b) => b.created_at - a.created_at);
  return ofModel.find(({ version }) => version === scope.version) ?? ofModel[0];
}
