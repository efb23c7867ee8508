import "server-only";
import type { Reference } from "@leeway/core/records";
import type { ChosenReference } from "@leeway/core/reference";
import {
  type ChangedReference,
  changeReference,
  loadReferences,
  previewReferenceChange,
  type ReferenceUse,
  readVersionReference,
  referenceInUse,
} from "@leeway/store";
import { cache } from "react";
import type { ReferenceInfo, ReferencesView } from "../view/model-page.ts";
import { requireAdmin } from "./act-on-incident.ts";
import { server } from "./composition.ts";
import type { Principal } from "./principal.ts";

/** heldReference returns what a version is compared with, as the analyzer does, or undefined while there is none. */
export const heldReference = cache(
  (project: string, model: string, version: string): Promise<ChosenReference | undefined> =>
    referenceInUse(server().store, project, { model, version }),
);

/** loadReferencePanel returns what a version is compared with, and everything it could be compared with. */
export async function loadReferencePanel(
  principal: Principal,
  scope: { model: string; version: string; environment: string },
): Promise<ReferencesView> {
  const { store } = server();
  const [held, known] = await Promise.all([
    readVersionReference(store, principal.project, scope),
    loadReferences(store, principal.project, scope.model),
  ]);
  return {
    current:
      held.reference === undefined ? undefined : { ...infoOf(held.reference), chosenBy: held.chosenBy },
    waitsBecause: held.waitsBecause,
    all: known.references.map(infoOf).sort((a, b) => b.createdAt - a.createdAt),
    canChange: principal.role === "admin",
  };
}

/** Wish is what a person wants a version to be compared with; a dry run says what it would do and does nothing. */
export interface Wish {
  model: string;
  version: string;
  environment: string;
  wanted: ReferenceUse;
  isDryRun: boolean;
}

/** changeReferenceAs does what a signed-in administrator wishes, by the verb that the API calls, too. */
export async function changeReferenceAs(
  principal: Principal,
  { isDryRun, ...wish }: Wish,
): Promise<ChangedReference> {
  requireAdmin(principal, "Your role may look at references but not change them.");
  const { store, now, random } = server();
  const change = { ...wish, actor: principal.email, newId: `ref_${random(12).toString("hex")}`, now: now() };
  return isDryRun
    ? previewReferenceChange(store, principal.project, change)
    : changeReference(store, principal.project, change);
}

function infoOf(reference: Reference): ReferenceInfo {
  return {
    id: reference.id,
    source: reference.source,
    rows: reference.rows,
    labelledRows: reference.labelled_rows,
    from: reference.from,
    to: reference.to,
    features: reference.features.length,
    version: reference.version,
    createdAt: reference.created_at,
  };
}
