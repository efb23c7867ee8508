export { SETTLING_MS } from "./settling.ts";
export { type TimeWindow, windowStart, windowsBetween } from "./window.ts";
