import { describe, expect, it } from "vitest";
import { wellFormed } from "./well-formed.ts";

describe("texts on their way into the store", () => {
  it("lose halves of characters, wherever they stand", () => {
    const row = { reason: "cut \ud83d", tags: { "\udc00": ["a", "\ud800b"] }, at: 5, gone: null };
    expect(wellFormed(row)).toEqual({
      ...{ reason: "cut \ufffd", tags: { "\ufffd": ["a", "\ufffdb"] }, at: 5, gone: null },
    });
  });

  it("stay as they are otherwise", () => {
    const row = { reason: "whole 🙂", list: [1, "é"], time: new Date(0) };
    expect(wellFormed(row)).toBe(row);
  });
});
