import { AsyncLocalStorage } from "node:async_hooks";

/** RequestMark is what the server learns of a request while Next answers it. */
export interface RequestMark {
  /** The store did not answer, so that the page could not be made. */
  isStoreAway: boolean;
}

// Next bundles its routes apart from the process's own files: the process-wide registry of symbols is the one place they share.
const KEY = Symbol.for("leeway.web.request-mark");
const registry = globalThis as typeof globalThis & { [KEY]?: AsyncLocalStorage<RequestMark> };

/** requestMarks returns the storage that holds the mark of the request being answered. */
export function requestMarks(): AsyncLocalStorage<RequestMark> {
  registry[KEY] ??= new AsyncLocalStorage();
  return registry[KEY];
}
