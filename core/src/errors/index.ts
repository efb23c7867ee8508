export { findLeewayError } from "./find-leeway-error.ts";
export { isPassingTrouble } from "./is-passing-trouble.ts";
export { type ErrorCode, type InputProblem, LeewayError } from "./leeway-error.ts";
