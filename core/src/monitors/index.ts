export { BURN_IN_MS, type BurnIn, burnInOf, burnInSchema, type HeldAlarms, withBurnIn } from "./burn-in.ts";
export { MONITOR_FIELDS, type MonitorInput, monitorInputSchema, monitorOf } from "./monitor-input.ts";
