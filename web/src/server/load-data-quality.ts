import "server-only";
import { readDataQuality } from "@leeway/store";
import { type QualityFinding, qualityFindings } from "../view/data-quality.ts";
import { server } from "./composition.ts";
import type { Principal } from "./principal.ts";

/** loadDataQuality returns what looks wrong with the data of a model, as the API answers it. */
export async function loadDataQuality(principal: Principal, model: string): Promise<QualityFinding[]> {
  const { store, now } = server();
  return qualityFindings(await readDataQuality(store, principal.project, { model, now: now() }));
}
