/** SharedLoads loads what several callers need once, by key, for as long as it lives: a pass. */
export type SharedLoads = <Value>(key: readonly unknown[], load: () => Promise<Value>) => Promise<Value>;

/** createSharedLoads returns an empty set of loads. A load that failed is not kept. */
export function createSharedLoads(): SharedLoads {
  const loads = new Map<string, Promise<unknown>>();
  return <Value>(key: readonly unknown[], load: () => Promise<Value>): Promise<Value> => {
    const name = JSON.stringify(key);
    const known = loads.get(name) as Promise<Value> | undefined;
    if (known !== undefined) return known;
    const promise = load();
    loads.set(name, promise);
    promise.catch(() => loads.delete(name));
    return promise;
  };
}
