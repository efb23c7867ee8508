import "server-only";
import { type DriftCellDetail, driftCellDetail } from "../view/drift-cell-detail.ts";
import { readDetail } from "../view/drift-lane.ts";
import { server } from "./composition.ts";
import type { Principal } from "./principal.ts";

/** DriftCellAddress names one feature in the window that starts at `start`. */
export interface DriftCellAddress {
  model: string;
  version: string;
  environment: string;
  feature: string;
  start: number;
}

/** loadDriftCell returns a feature's verdict in one window of the person's project, or undefined where there is none. */
export async function loadDriftCell(
  principal: Principal,
  address: DriftCellAddress,
): Promise<DriftCellDetail | undefined> {
  const { model, version, environment, feature, start } = address;
  const evaluations = await server().store.evaluations.list(principal.project, {
    model,
    version,
    environment,
    kind: "drift",
    segment: "",
    from: start,
    to: start + 1,
  });
  for (const evaluation of evaluations) {
    const window = readDetail(evaluation);
    const detail = window === undefined ? undefined : driftCellDetail(window, feature);
    if (detail !== undefined) return detail;
  }
  return undefined;
}
