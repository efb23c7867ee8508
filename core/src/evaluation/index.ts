export * from "./drift-window.ts";
export * from "./embedding-drift.ts";
export * from "./evaluation.ts";
export * from "./joint-drift.ts";
export * from "./performance-breakdown.ts";
export * from "./performance-window.ts";
export * from "./text-drift.ts";
