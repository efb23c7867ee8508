import { relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** HEAVIEST are the files that take the longest, those first that take longest of all. */
export const HEAVIEST: readonly string[] = [
  "test/integration/analyzer/evaluate.test.ts",
  "test/e2e/web.test.ts",
  "test/e2e/signing-in.test.ts",
  "test/integration/store/torn-parts.test.ts",
  "test/scenarios/quiet-and-quick.test.ts",
  "test/integration/analyzer/nonsense.test.ts",
  "test/integration/ingest/pressure.test.ts",
  "test/faults/faults.test.ts",
];
const PROJECTS = ["services", "long", "pure"];

/**
 * HeaviestFirst starts the files that take longest first and the pure tests last. Otherwise one long file is left to run alone at the end. Vitest
 * itself orders by what each file took the last time, and a fresh clone has no last time.
 */
export class HeaviestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => this.#rank(a) - this.#rank(b));
  }

  #rank({ moduleId, project }: TestSpecification): number {
    const place = HEAVIEST.indexOf(relative(this.ctx.config.root, moduleId));
    return place >= 0 ? place : HEAVIEST.length + PROJECTS.indexOf(project.name);
  }
}
