export { toPagerDuty } from "./to-pagerduty.ts";
