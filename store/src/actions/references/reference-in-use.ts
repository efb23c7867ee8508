import type { Reference, ReferenceChoice } from "@leeway/core/records";
import { type ChosenReference, referenceOf } from "@leeway/core/reference";
import type { Store } from "../../create-store.ts";

/** loadReferences returns the references of a model, and what people chose its versions to be compared with. */
export async function loadReferences(
  { records }: Pick<Store, "records">,
  project: string,
  model: string,
): Promise<{ references: Reference[]; choices: ReferenceChoice[] }> {
  const [references, choices] = await Promise.all([
    records.reference.list(project),
    records.referenceChoice.list(project),
  ]);
  return {
    references: references.filter((one) => one.model === model),
    choices: choices.filter((one) => one.model === model),
  };
}

/** referenceInUse returns what a version is compared with, as the analyzer does; undefined while there is nothing. */
export async function referenceInUse(
  store: Pick<Store, "records">,
  project: string,
  { model, version }: { model: string; version: string },
): Promise<ChosenReference | undefined> {
  return referenceOf({ version, ...(await loadReferences(store, project, model)) });
}
