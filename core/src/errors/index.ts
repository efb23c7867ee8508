export { findLeewayError } from "./find-leeway-error.ts";
export { type ErrorCode, type InputProblem, LeewayError } from "./leeway-error.ts";
