export { toAlertmanager } from "./to-alertmanager.ts";
