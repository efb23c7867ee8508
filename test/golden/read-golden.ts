import { loadGolden } from "./golden-file.ts";

/** readGolden returns the parsed reference file `name` of test/golden/scipy (SciPy 1.10.1, scikit-learn 1.2.1), typed by the caller. */
export function readGolden<T>(name: string): { definition: string; cases: T[] } & Record<string, unknown> {
  return loadGolden<{ definition: string; cases: T[] } & Record<string, unknown>>(name);
}
