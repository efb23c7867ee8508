import type { AsyncLocalStorage } from "node:async_hooks";

/** Scope is the prediction of the request being served. */
export interface Scope {
  /** predictionId is the id to use, or the one used last. */
  predictionId: string | undefined;
  /** isTaken says that a prediction already has the id. */
  isTaken: boolean;
}

/** RequestScopes follow a request through its asynchronous calls. */
export interface RequestScopes {
  run<T>(scope: Scope, task: () => T): T;
  current(): Scope | undefined;
}

type AsyncHooks = { AsyncLocalStorage: new <T>() => AsyncLocalStorage<T> };

/**
 * createRequestScopes returns scopes over `AsyncLocalStorage`, where the platform has it (Node, Bun, Deno). On Node before
 * 20.16 it loads asynchronously, a few milliseconds after the client was made; where there is none, tasks run without scope.
 */
export function createRequestScopes(): RequestScopes {
  let storage: AsyncLocalStorage<Scope> | null = null;
  const hooks = globalThis.process?.getBuiltinModule?.("node:async_hooks");
  if (hooks !== undefined) storage = new hooks.AsyncLocalStorage<Scope>();
  else {
    import("node:async_hooks").then(
      (loaded: AsyncHooks) => {
        storage = new loaded.AsyncLocalStorage<Scope>();
      },
      () => {
        storage = null;
      },
    );
  }
  return {
    run: (scope, task) => (storage === null ? task() : storage.run(scope, task)),
    current: () => storage?.getStore(),
  };
}
