import { afterAll, beforeAll, expect, it } from "vitest";
import { type IngestServices, startIngestServices } from "../ingest/start-services.ts";
import { killedImport } from "./killed-import.ts";

const ROWS = 30_000;
let services: IngestServices;

beforeAll(async () => {
  services = await startIngestServices();
});
afterAll(() => services.stop());

it("an import of labels that was killed goes on where it was, and every label counts once", async () => {
  const { rowsBefore, stored, distinct, said } = await killedImport(services, ROWS);
  expect(rowsBefore).toBeGreaterThan(ROWS / 3);
  expect(rowsBefore).toBeLessThan(ROWS);
  expect([stored, distinct]).toEqual([ROWS, ROWS]);
  expect(said).toMatch(/going on after \d\d,000 rows/);
  expect(said).toMatch(/100\.0 % 30,000 rows/);
});
