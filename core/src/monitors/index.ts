export { MONITOR_FIELDS, type MonitorInput, monitorInputSchema, monitorOf } from "./monitor-input.ts";
