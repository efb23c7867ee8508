import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const VARIABLE = "LEEWAY_TEST_TEMPLATE";

/** placeTemplate says, once for a run and all of its workers, where the migrated data folder is that engines copy; whoever needs it first makes it. */
export function placeTemplate(): void {
  process.env[VARIABLE] ??= join(tmpdir(), `leeway-template-${randomUUID()}`);
}

/** teardown removes it at the end of a run: vitest calls it. */
export function teardown(): void {
  rmSync(process.env[VARIABLE] ?? "", { recursive: true, force: true });
}
