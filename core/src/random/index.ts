export * from "./draw-normal.ts";
export * from "./seeded-random.ts";
export * from "./shuffle.ts";
