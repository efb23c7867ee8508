import { ClickHouseError } from "@clickhouse/client";
import { describe, expect, it } from "vitest";
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

  it("a full or read-only disk on the way is told as refused for now", () => {
    const full = Object.assign(new Error("write"), { code: "ENOSPC" });
    expect(toStoreError(full, "insert_predictions").code).toBe("store_overloaded");
  });
});
