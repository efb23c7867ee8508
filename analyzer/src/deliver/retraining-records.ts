import type { Incident, Retraining } from "@leeway/core/records";

/** RetrainingRecords is where runs are kept: they exist before the job is notified, so that its first report finds its record. */
export interface RetrainingRecords {
  get(id: string): Promise<Retraining | undefined>;
  /** All runs of one model. */
  ofModel(model: string): Promise<Retraining[]>;
  /** All incidents of one model: they say which rows are broken. */
  incidentsOf(model: string): Promise<Incident[]>;
  put(retraining: Retraining): Promise<void>;
}
