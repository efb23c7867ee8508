import { expect, it } from "vitest";
import { createPageBudget, PAGE_BYTES } from "./page.ts";

it("takes items up to its limit and up to its bytes, and one however large it is", () => {
  const few = createPageBudget(2);
  expect([few.takes(1), few.takes(2), few.takes(3)]).toEqual([true, true, false]);
  const large = "x".repeat(PAGE_BYTES);
  const bytes = createPageBudget(100);
  expect([bytes.takes(large), bytes.takes("x")]).toEqual([true, false]);
});
