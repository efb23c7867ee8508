import { describe, expect, it } from "vitest";
import { bindParameters } from "./bind-parameters.ts";
import { answerFormat, statementKind } from "./statement-kind.ts";

const bind = (sql: string, values: Record<string, string>) =>
  bindParameters(sql, new Map(Object.entries(values)));

describe("binding", () => {
  it("replaces placeholders in code and leaves literals, names and comments as they are", () => {
    const sql =
      "SELECT {a:String}, '{a:String}', `{a:String}`, \"{a:String}\" -- {a:String}\n/* {a:String} */";
    expect(bind(sql, { a: "x" })).toBe(
      "SELECT _CAST('x', 'String'), '{a:String}', `{a:String}`, \"{a:String}\" -- {a:String}\n/* {a:String} */",
    );
  });

  it("keeps a value inside its literal", () => {
    expect(bind("SELECT {a:String}", { a: "\\' OR 1 --" })).toBe("SELECT _CAST('\\' OR 1 --', 'String')");
    expect(bind("SELECT {a:Array(String)}", { a: "['o\\'b']" })).toBe(
      "SELECT _CAST('[\\'o\\\\\\'b\\']', 'Array(String)')",
    );
    expect(bind("SELECT * FROM {t:Identifier}", { t: "a`b" })).toBe("SELECT * FROM `a\\`b`");
  });

  it("knows NULL from the text that looks like it", () => {
    expect(bind("SELECT {a:Nullable(String)}", { a: "\\N" })).toBe("SELECT _CAST(NULL, 'Nullable(String)')");
    expect(bind("SELECT {a:Nullable(String)}", { a: "\\\\N" })).toBe(
      "SELECT _CAST('\\\\N', 'Nullable(String)')",
    );
  });

  it("refuses what was not given, and maps, which the engine cannot read from text", () => {
    expect(() => bind("SELECT {a:UInt8}", {})).toThrow("`a` is not set");
    expect(() => bind("SELECT {a:Map(String, UInt8)}", { a: "{}" })).toThrow("two arrays");
  });
});

describe("a statement", () => {
  it.each([
    ["SELECT 1 FORMAT JSONEachRow", "whole"],
    ["SELECT 1 FORMAT RowBinary", "stream"],
    ["-- why\n/* what */ with 1 AS x select x format Native", "stream"],
    ["SELECT 1 FORMAT JSON", "whole"],
    ["(SELECT 1) FORMAT Parquet", "whole"],
    ["SHOW TABLES", "whole"],
    ["INSERT INTO t SELECT 1", "write"],
    ["ALTER TABLE t ADD COLUMN a UInt8", "write"],
  ])("%s is run as %s", (sql, kind) => {
    expect(statementKind(sql, answerFormat(sql, "TabSeparated"))).toBe(kind);
  });

  it("names its format last, whatever its literals say", () => {
    expect(answerFormat("SELECT 'FORMAT CSV'", "TabSeparated")).toBe("TabSeparated");
    expect(answerFormat("SELECT 1 FORMAT CSV SETTINGS max_threads = 1", "TabSeparated")).toBe("CSV");
  });
});
