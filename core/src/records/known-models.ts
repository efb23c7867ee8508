/** NamesModel is any fact that is about a model. */
interface NamesModel {
  model: string;
}

/** knownModels returns the names of the models that exist, sorted: a model exists once it was configured, described or given a reference, or once a prediction of it came. O(facts log facts). */
export function knownModels(facts: {
  models: readonly NamesModel[];
  versions: readonly NamesModel[];
  references: readonly NamesModel[];
  activity: readonly NamesModel[];
}): string[] {
  const all = [...facts.models, ...facts.versions, ...facts.references, ...facts.activity];
  return [...new Set(all.map(({ model }) => model))].sort();
}
