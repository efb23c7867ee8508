import { withPositiveClass } from "@leeway/core/performance";
import type { Model } from "@leeway/core/records";
import type { ModelStore } from "../model-store.ts";

/** knownModel returns the model as windows are counted by: with the positive class that its predictions and labels show, where none was given. */
export async function knownModel(modelStore: Pick<ModelStore, "classes">, model: Model): Promise<Model> {
  if (model.task !== "binary" || model.positive_class !== undefined) return model;
  return withPositiveClass(model, await modelStore.classes(model));
}
