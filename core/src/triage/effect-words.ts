import { formatNumber } from "../words/index.ts";

/** OutputChange is how the model's mean output moved in a window, with the reference's own spread as the measure of what is small. */
export interface OutputChange {
  difference: number;
  deviation: number;
}

// A mean that moves by less than this share of the output's standard deviation is not worth a number.
const HARDLY = 0.02;

/** effectWords returns what a feature did to the model's mean output in words that continue a sentence; empty where nothing is known of it. O(1). */
export function effectWords(effect: number | undefined, output: OutputChange | undefined): string {
  if (effect === undefined || output === undefined || !(output.deviation > 0)) return "";
  if (Math.abs(effect) < HARDLY * output.deviation) return "; hardly moves the mean prediction";
  return `; explains about ${signed(effect)} of the mean prediction's ${signed(output.difference)}`;
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${formatNumber(Math.abs(value))}`;
}
