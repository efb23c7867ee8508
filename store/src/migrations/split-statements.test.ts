import { expect, it } from "vitest";
import { splitStatements } from "./split-statements.ts";

it("ends a statement at a semicolon, not at one inside quotes or comments", () => {
  const script = "-- one; two\nSELECT ';' AS a /* x; y */;\nSELECT `b;` ;\n-- the end;\n";
  expect(splitStatements(script)).toEqual(["-- one; two\nSELECT ';' AS a /* x; y */", "SELECT `b;`"]);
});

it("refuses a script whose quote is never closed", () => {
  expect(() => splitStatements("SELECT 'a;")).toThrow("never closed");
});
