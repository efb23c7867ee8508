export { isBlankReading } from "./dcgm/is-blank-reading.ts";
export {
  findReadings,
  type KnownReading,
  kindOfReading,
  namesOf,
  plainName,
  sourceMetrics,
} from "./find-readings.ts";
export { GPU_LABELS } from "./gpu-labels.ts";
export { type Guess, guessQuantity } from "./guess-quantity.ts";
export { definitionOf, QUANTITIES, type Quantity, type QuantityKind } from "./quantities.ts";
export { type Reading, readingsOf, type SourceMetrics } from "./source-metrics.ts";
export { SOURCES, type SourceName } from "./sources.ts";
