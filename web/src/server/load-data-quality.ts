import "server-only";
import { featureSchemas } from "@leeway/core/evidence";
import { type QualityFinding, qualityFindings } from "../view/data-quality.ts";
import { server } from "./composition.ts";
import type { Principal } from "./principal.ts";

const LOOK_BACK_MS = 7 * 86_400_000;

/** loadDataQuality returns what looks wrong with the data of a model: what was refused or dropped in the last week, and its features' schema. */
export async function loadDataQuality(principal: Principal, model: string): Promise<QualityFinding[]> {
  const { store, now } = server();
  const { project } = principal;
  const from = now() - LOOK_BACK_MS;
  const [kinds, refused, unknown, dropped] = await Promise.all([
    store.evidence.featureKinds(project, model),
    store.evidence.refusals(project, model, from),
    store.evidence.unknownMembers(project, model, from),
    store.evidence.drops(project, { model, from, to: now() + 1 }),
  ]);
  return qualityFindings({ dropped, refused, unknown, features: featureSchemas(kinds) });
}
