import { describe, expect, it } from "vitest";
import { EngineError, exceptionText, toEngineError } from "./engine-error.ts";

describe("a failure in ClickHouse's own terms", () => {
  it("has the code and name that the engine gave it", () => {
    const { code, type, message } = toEngineError(
      new Error("Code: 60. DB::Exception: Unknown table expression identifier 't'. (UNKNOWN_TABLE)"),
    );
    expect([code, type, message]).toEqual([60, "UNKNOWN_TABLE", "Unknown table expression identifier 't'."]);
  });

  it.each(["ENOSPC", "EDQUOT", "EROFS", "EIO"])(
    "is NOT_ENOUGH_SPACE where rows could not be laid on disk: %s",
    (code) => {
      const refused = Object.assign(new Error(`${code}: write`), { code });
      expect(exceptionText(toEngineError(refused))).toBe(
        `Code: 243. DB::Exception: ${code}: write (NOT_ENOUGH_SPACE)\n`,
      );
    },
  );

  it("is unknown where nothing says more, and stays what it is where it is one already", () => {
    expect(toEngineError(new Error("odd")).code).toBe(1002);
    const known = new EngineError(48, "NOT_IMPLEMENTED", "no");
    expect(toEngineError(known)).toBe(known);
  });
});
