import type { AnalyzerConfig } from "../config.ts";
import type { RetrainingRecords } from "./retraining-records.ts";

/** DeliveryShell is what a kind of channel may take from the analyzer to make its transport. */
export interface DeliveryShell {
  config: AnalyzerConfig;
  retrainings: RetrainingRecords;
  now: () => number;
}
