export { invalidInput, type ParsedInput, parseInput, readInput } from "./parse-input.ts";
export { putInput, putSchema } from "./put-input.ts";
