import { expect, test } from "vitest";
import { safeReturnPath } from "./return-path.ts";

test.each(["/", "/models/fraud?from=now-7d#drift", "/incidents/abc"])("%s is kept", (path) => {
  expect(safeReturnPath(path)).toBe(path);
});

test.each([
  "//evil.example",
  "/\\evil.example",
  "https:evil.example",
  "javascript:alert(1)",
  "/\t/evil.example",
  "/..//evil.example",
  "evil",
  "",
  null,
  undefined,
])("%s leads to the overview", (path) => {
  expect(safeReturnPath(path)).toBe("/");
});
