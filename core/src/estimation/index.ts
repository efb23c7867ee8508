export * from "./boosted-trees.ts";
export * from "./estimate-binary.ts";
export * from "./estimate-loss.ts";
export * from "./estimate-multiclass.ts";
export * from "./estimator-record.ts";
export * from "./expected-outcomes.ts";
export * from "./fit-calibration.ts";
export * from "./isotonic.ts";
