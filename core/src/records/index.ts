export * from "./access.ts";
export * from "./incident.ts";
export * from "./known-models.ts";
export * from "./model.ts";
export * from "./monitor.ts";
export * from "./monitor-thresholds.ts";
export * from "./reference.ts";
export * from "./silence.ts";
