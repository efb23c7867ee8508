import "server-only";
import { listModelNames } from "@leeway/store";
import { type QualityFinding, qualityFindings } from "../view/data-quality.ts";
import { server } from "./composition.ts";
import { loadDataQuality } from "./load-data-quality.ts";
import type { Principal } from "./principal.ts";

const LOOK_BACK_MS = 7 * 86_400_000;

/** QualityPageView is what was refused or left out in the last week, by model, with one model's findings. */
export interface QualityPageView {
  models: { model: string; refused: number; unknown: number; lastAt: number | undefined }[];
  /** Of the model that was asked for; undefined where none was. */
  findings: QualityFinding[] | undefined;
  madeAt: number;
}

/** loadQualityPage returns what looks wrong with the data of the person's project: models by their refused events, those included that never had one taken. */
export async function loadQualityPage(
  principal: Principal,
  model: string | undefined,
): Promise<QualityPageView> {
  const { store, now } = server();
  const madeAt = now();
  const [refused, names, findings] = await Promise.all([
    store.evidence.refusedModels(principal.project, madeAt - LOOK_BACK_MS),
    listModelNames(store, principal.project),
    model === undefined ? undefined : loadFindings(principal, model, madeAt),
  ]);
  const clean = names.filter((name) => !refused.some((one) => one.model === name));
  return {
    models: [
      ...refused,
      ...clean.map((name) => ({ model: name, refused: 0, unknown: 0, lastAt: undefined })),
    ],
    findings,
    madeAt,
  };
}

/** Events that named no model have no schema and no traffic: only what was refused of them. */
async function loadFindings(principal: Principal, model: string, now: number): Promise<QualityFinding[]> {
  if (model !== "") return loadDataQuality(principal, model);
  const { evidence } = server().store;
  const refused = await evidence.refusals(principal.project, "", now - LOOK_BACK_MS);
  return qualityFindings({ refused, unknown: [], dropped: [], strays: [], features: [] });
}
