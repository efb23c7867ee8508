import { expect, it } from "vitest";
import { insertFromFile, parseDataInsert } from "./data-insert.ts";

const fromFile = (sql: string) => {
  const insert = parseDataInsert(sql);
  return insert === undefined ? undefined : insertFromFile(insert, "/f", undefined);
};

it("puts the file clause between the table and its settings", () => {
  expect(fromFile("INSERT INTO t (a, `format`) FORMAT JSONEachRow")).toBe(
    "INSERT INTO t (a, `format`)  FROM INFILE '/f' COMPRESSION 'none' FORMAT JSONEachRow",
  );
  expect(fromFile("insert into t settings x = 'FORMAT' format Native")).toBe(
    "insert into t  FROM INFILE '/f' COMPRESSION 'none' settings x = 'FORMAT' FORMAT Native",
  );
  expect(fromFile("INSERT INTO t VALUES")).toBe(
    "INSERT INTO t  FROM INFILE '/f' COMPRESSION 'none' FORMAT Values",
  );
});

it("reads a file where a SELECT reads its input", () => {
  expect(fromFile("INSERT INTO t SELECT a FROM input('a String') WHERE a != '' FORMAT CSV")).toBe(
    "INSERT INTO t SELECT a FROM file('/f', 'CSV', 'a String', 'none') WHERE a != '' ",
  );
});

it("reads a file where a SELECT is longer than any beginning of it", () => {
  const columns = Array.from({ length: 4_000 }, (_, i) => `column_number_${i}`);
  const insert = `INSERT INTO t SELECT [${columns.join(", ")}] FROM input('${columns.join(" String, ")} String') FORMAT CSV`;
  expect(fromFile(insert)).toContain("] FROM file('/f', 'CSV', 'column_number_0 String,");
});

it("leaves every other statement alone", () => {
  for (const sql of [
    "SELECT 1 FORMAT JSONEachRow",
    "INSERT INTO t SELECT 1 FORMAT CSV",
    "INSERT INTO t VALUES (1)",
    "INSERT INTO t (a) SELECT 'FORMAT x'",
  ]) {
    expect(parseDataInsert(sql)).toBeUndefined();
  }
});

it("finds where rows begin that stand behind the statement", () => {
  const sql = 'INSERT INTO t FORMAT JSONEachRow\n{"a":1}';
  expect(sql.slice(parseDataInsert(sql)?.dataStart)).toBe('\n{"a":1}');
});
