export * from "./number-range.ts";
export * from "./segment.ts";
