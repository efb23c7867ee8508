import { putSchema } from "@leeway/core/input";
import { MONITOR_FIELDS } from "@leeway/core/monitors";

export { MONITOR_FIELDS, monitorInputSchema, monitorOf } from "@leeway/core/monitors";

/** putMonitorSchema is the body of `PUT /v1/monitors/{id}`. */
export const putMonitorSchema = putSchema(MONITOR_FIELDS, [
  "id",
  "automatic",
  "created_at",
  "burn_in_since",
  "promoted",
  "notifies",
]);
