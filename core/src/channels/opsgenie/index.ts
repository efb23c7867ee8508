export { toOpsgenie } from "./to-opsgenie.ts";
