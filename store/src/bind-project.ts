/** OfProject is a noun of the store whose methods are bound to one project. */
export type OfProject<Noun> = {
  [Verb in keyof Noun]: Noun[Verb] extends (project: string, ...rest: infer Rest) => infer Answer
    ? (...rest: Rest) => Answer
    : never;
};

/**
 * bindProject returns a noun of the store (labels, profiles, …) whose methods are bound to one project. Every method of a noun takes the project first.
 *
 * @example bindProject(store.labels, "default").newest("fraud"); // store.labels.newest("default", "fraud")
 */
export function bindProject<Noun extends object>(noun: Noun, project: string): OfProject<Noun> {
  const bound = Object.entries(noun).map(([verb, method]) => [
    verb,
    (...rest: unknown[]) => method.call(noun, project, ...rest),
  ]);
  return Object.fromEntries(bound);
}
