import { describe, expect, it } from "vitest";
import { guardStatement } from "./guard-statement.ts";

const TABLE_FUNCTIONS = new Set(
  "file url s3 remote cluster clusterallreplicas executable loop merge sqlite odbc hdfs azureblobstorage deltalake iceberg eval mysql numbers values view input format brandnew".split(
    " ",
  ),
);
const isRefused = (sql: string) => {
  try {
    guardStatement(sql, TABLE_FUNCTIONS);
    return false;
  } catch (error) {
    expect(error).toMatchObject({ code: 497, type: "ACCESS_DENIED" });
    return true;
  }
};

describe("a statement is refused", () => {
  const reading = "'/etc/passwd', 'LineAsString'";
  for (const sql of [
    `SELECT * FROM file(${reading})`,
    `SELECT * FROM FiLe (${reading})`,
    `SELECT * FROM file/* */(${reading})`,
    `SELECT * FROM file -- it's\n (${reading})`,
    `SELECT * FROM /* /* */ ' */ file(${reading}) /* ' */`,
    `SELECT * FROM \`file\`(${reading})`,
    `SELECT * FROM "file"(${reading})`,
    `SELECT * FROM "f\\x69le"(${reading})`,
    `SELECT * FROM {name:Identifier}(${reading})`,
    `SELECT $$ ' $$, a FROM file(${reading}) WHERE $$ ' $$ = ''`,
    `SELECT ‘'’, a FROM file(${reading}) WHERE ‘'’ = ''`,
    "SELECT file('/etc/passwd')",
    "SELECT 1 WHERE (SELECT count() FROM (SELECT * FROM url('http://127.0.0.1/'))) > 0",
    "INSERT INTO FUNCTION file('/home/someone/.ssh/authorized_keys', 'LineAsString', 'l String') SELECT 'key'",
    "INSERT INTO TABLE FUNCTION s3('http://127.0.0.1/a') SELECT 1",
    "SELECT * FROM remote('127.0.0.1', system.one)",
    "SELECT * FROM clusterAllReplicas('default', system.one)",
    "SELECT * FROM executable('x', 'TSV', 'a String')",
    "SELECT * FROM odbc('DSN=x', 't')",
    "SELECT * FROM hdfs('hdfs://x')",
    "SELECT * FROM azureBlobStorage('x')",
    "SELECT * FROM deltaLake('x')",
    "SELECT * FROM iceberg('x')",
    "SELECT * FROM sqlite('/tmp/x.db', 't')",
    "SELECT * FROM loop(system.one)",
    "SELECT * FROM merge('system', 'one')",
    "SELECT * FROM eval('SELECT 1')",
    "SELECT * FROM brandNew()",
    "SELECT * FROM default.`/etc/passwd`",
    "SELECT * FROM `default` . `/etc/passwd`",
    "DESCRIBE TABLE file('/etc/passwd')",
    "CREATE TABLE x AS file('/etc/passwd')",
    "CREATE TABLE x (a String) ENGINE = File(TSV, '/etc/passwd')",
    "CREATE TABLE x (a String) ENGINE File(TSV)",
    "CREATE TABLE x (a String) ENGINE=/**/URL('http://127.0.0.1')",
    "CREATE TABLE x (a String) engine = `S3`('http://127.0.0.1')",
    "CREATE TABLE x (a String) ENGINE = MySQL('127.0.0.1:1', 'a', 'b', 'c', 'd')",
    "CREATE TABLE x (a String) ENGINE = EmbeddedRocksDB(0, '/tmp/x') PRIMARY KEY a",
    "CREATE DATABASE x ENGINE = Filesystem('/etc')",
    "CREATE DICTIONARY x (a String) PRIMARY KEY a SOURCE(FILE(path '/etc/passwd' format 'TSV')) LAYOUT(FLAT())",
    "SELECT 1 INTO OUTFILE '/tmp/x'",
    "SELECT 1 INTO/**/OutFile '/tmp/x'",
    "INSERT INTO t FROM INFILE '/etc/passwd' FORMAT LineAsString",
    "SELECT 1; SELECT 2",
    "SELECT 1;;/* */SELECT 2",
    "SET readonly = 0",
    "/* */ SET ROLE ALL",
    "USE system",
    "BACKUP DATABASE leeway TO File('/tmp/x')",
    "RESTORE DATABASE leeway FROM File('/tmp/x')",
    "ATTACH TABLE x FROM '/etc' (a String) ENGINE = MergeTree ORDER BY a",
    "GRANT ALL ON *.* TO default",
    "PARALLEL WITH SELECT 1",
    "",
  ])
    it(sql === "" ? "(nothing)" : sql, () => expect(isRefused(sql)).toBe(true));
});

describe("a statement passes", () => {
  for (const sql of [
    "SELECT 'file(1)', `file`, \"url\" FROM t WHERE name = 'INTO OUTFILE' -- file('x')",
    "SELECT file, url FROM t ORDER BY file",
    "(SELECT 1) UNION ALL (SELECT 2);",
    "WITH {ids:Array(String)} AS ids SELECT count() FROM numbers(10), (SELECT * FROM values('a UInt8', 1))",
    "INSERT INTO {table:Identifier} (a, b) SELECT a, b FROM input('a String') FORMAT TSV",
    "SELECT format('{}', a) FROM t",
    "SELECT name FROM system.tables WHERE engine LIKE '%MergeTree'",
    "-- why, it's so; really\nCREATE TABLE IF NOT EXISTS t (a UInt8)\nENGINE = ReplacingMergeTree(a) ORDER BY a",
    "CREATE DATABASE IF NOT EXISTS leeway ENGINE = Atomic",
    "CREATE MATERIALIZED VIEW IF NOT EXISTS v TO t AS SELECT 1",
    "ALTER TABLE t MODIFY SETTING fsync_after_insert = 1",
    "KILL QUERY WHERE 1 ASYNC",
    "SYSTEM STOP MERGES t",
  ])
    it(sql, () => expect(isRefused(sql)).toBe(false));
});

it("a long statement is looked at in linear time", () => {
  const before = process.cpuUsage();
  guardStatement(`SELECT [${"'it''s', ".repeat(50_000)}''] /* ${"/* */".repeat(25_000)} */`, TABLE_FUNCTIONS);
  // Seconds of work, which a busy machine does not add to; in quadratic time it would be minutes.
  expect(process.cpuUsage(before).user / 1e6).toBeLessThan(5);
});
