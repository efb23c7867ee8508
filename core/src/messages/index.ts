export { formatNumber, formatPValue, formatShare, formatWindowStart } from "./format-number.ts";
