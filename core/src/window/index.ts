export { type TimeWindow, windowStart, windowsBetween } from "./window.ts";
