import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { HEAVIEST } from "./heaviest-first.ts";

const root = new URL("../../", import.meta.url);

it("names files that are there", () => {
  expect(HEAVIEST.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
});
