import { expect, it } from "vitest";
import { shortName } from "./short-name.ts";

it.each([
  ["carrier", 12, "carrier"],
  ["scheduled_minutes", 12, "schedu…nutes"],
  ["scheduled_hour", 12, "schedu…_hour"],
  ["😀😀😀😀", 3, "😀…😀"],
  ["abc", 2, "a…"],
])("%s in %d characters is %s", (name, most, short) => {
  expect(shortName(name, most)).toBe(short);
});
