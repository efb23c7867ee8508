/**
 * measureLag returns, for every model known, for how long (ms of real time) it has had rows or windows that no pass has looked at; 0 where the last
 * pass left nothing. `waitingSince` is kept from one reconcile to the next.
 */
export function measureLag(
  waitingSince: Map<string, number>,
  models: readonly string[],
  waiting: ReadonlySet<string>,
  now: number,
): Map<string, number> {
  for (const model of models) {
    if (!waiting.has(model)) waitingSince.delete(model);
    else if (!waitingSince.has(model)) waitingSince.set(model, now);
  }
  return new Map(models.map((model) => [model, now - (waitingSince.get(model) ?? now)]));
}
