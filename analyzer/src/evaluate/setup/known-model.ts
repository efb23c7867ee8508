import { withPositiveClass } from "@leeway/core/performance";
import type { Model } from "@leeway/core/records";
import { className } from "@leeway/core/spelling";
import type { ModelStore } from "../model-store/model-store.ts";

/** knownModel returns the model as windows are counted by: with the positive class that its predictions and labels show where none was given, or in the spelling that they carry. */
export async function knownModel(modelStore: Pick<ModelStore, "classes">, model: Model): Promise<Model> {
  const given = model.positive_class;
  if (model.task !== "binary" || (given !== undefined && given === className(given))) return model;
  return withPositiveClass(model, await modelStore.classes(model));
}
