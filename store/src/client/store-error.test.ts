import { ClickHouseError } from "@clickhouse/client";
import { describe, expect, it } from "vitest";
import { errorWords } from "./error-words.ts";
import { toStoreError } from "./store-error.ts";

const fromEngine = (code: string, type: string) =>
  new ClickHouseError({ message: `${type} happened`, code, type });

describe("what a failing store is to whoever asked", () => {
  it.each([
    ["164", "READONLY"],
    ["202", "TOO_MANY_SIMULTANEOUS_QUERIES"],
    ["241", "MEMORY_LIMIT_EXCEEDED"],
    ["242", "TABLE_IS_READ_ONLY"],
    ["243", "NOT_ENOUGH_SPACE"],
    ["252", "TOO_MANY_PARTS"],
  ])("%s %s: refused for now, come back", (code, type) => {
    const error = toStoreError(fromEngine(code, type), "insert_predictions");
    expect([error.code, error.retryAfterSeconds]).toEqual(["store_overloaded", 2]);
  });

  it.each([
    ["159", "TIMEOUT_EXCEEDED"],
    ["210", "NETWORK_ERROR"],
    ["319", "UNKNOWN_STATUS_OF_INSERT"],
    ["999", "KEEPER_EXCEPTION"],
  ])("%s %s: away, come back", (code, type) => {
    const error = toStoreError(fromEngine(code, type), "insert_predictions");
    expect([error.code, error.retryAfterSeconds]).toEqual(["store_unavailable", 2]);
  });

  it("a query that is wrong is a defect of ours, and no waiting helps", () => {
    const error = toStoreError(fromEngine("62", "SYNTAX_ERROR"), "insert_predictions");
    expect([error.code, error.retryAfterSeconds]).toEqual(["internal", undefined]);
  });

  it("a connection that was refused or a question that was given up means away", () => {
    const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    expect(toStoreError(refused, "ping").code).toBe("store_unavailable");
    expect(toStoreError(new Error("The user aborted a request."), "stored_batch").code).toBe(
      "store_unavailable",
    );
  });

  it("a full or read-only disk on the way is reported as refused for now", () => {
    const full = Object.assign(new Error("write"), { code: "ENOSPC" });
    expect(toStoreError(full, "insert_predictions").code).toBe("store_overloaded");
  });

  it("so is one that ClickHouse met, under whatever code it tells of it", () => {
    const message = "Cannot write to file, errno: 28, strerror: No space left on device";
    const full = new ClickHouseError({ message, code: "75", type: "CANNOT_WRITE_TO_FILE_DESCRIPTOR" });
    expect(toStoreError(full, "insert_predictions").code).toBe("store_overloaded");
    const quoted = new ClickHouseError({
      ...{
        message: "Cannot parse 'No space left on device' as Float64",
        code: "6",
        type: "CANNOT_PARSE_TEXT",
      },
    });
    expect(toStoreError(quoted, "insert_predictions").code).toBe("internal");
  });

  it("neither it nor its cause holds values that the query was given, only their names and sizes", () => {
    const message =
      "Cannot convert 'Jane Doe, 44' to Float64: In scope SELECT 1 FROM predictions WHERE project = _CAST('acme', 'String')";
    const thrown = new ClickHouseError({ message, code: "53", type: "TYPE_MISMATCH" });
    const parameters = { project: "acme", hours: Array<number>(48).fill(7), from: 1 };
    const error = toStoreError(thrown, "profile_features", parameters);
    expect(error.message).toBe(
      "profile_features: Cannot convert '12 characters' to Float64; given project (4 characters), hours (48 values), from",
    );
    const logged = `${error.stack} ${(error.cause as Error).stack} ${(error.cause as Error).message}`;
    expect(logged).not.toMatch(/Jane|acme/);
  });

  it.each([
    ["a long list", `Bad cast of [${Array(500).fill("17").join(", ")}]`, "Bad cast of [500 values]"],
    ["a text that is cut off", "Syntax error at 'abc", "Syntax error at '3 characters'"],
    ["a quote within", "Unknown 'it\\'s me' here", "Unknown '8 characters' here"],
  ])("%s is reported by its size", (_, message, words) => {
    expect(errorWords(message)).toBe(words);
  });

  it("however long the engine's answer is, few words of it are kept", () => {
    expect(errorWords(`No ${"x".repeat(5_000_000)}`).length).toBeLessThan(1_100);
  });
});
