import { z } from "zod";
import { LABEL_TROUBLES, NONSENSE_NAMES } from "../performance/index.ts";
import { causeSchema } from "../records/index.ts";
import { dispersionSchema } from "./dispersion-schema.ts";
import { operatingPointSchema } from "./operating-point-schema.ts";

/** SIGNAL_NAMES is the closed set of numbers whose level is watched for a change of the relation between inputs and outcome. */
export const SIGNAL_NAMES = [
  "calibration_gap",
  "excess_log_loss",
  "auc_gap",
  "accuracy",
  "log_loss",
  "bias",
  "absolute_error",
] as const;

/** signalBasisSchema is one watched number of a window and what it was compared with. */
export const signalBasisSchema = z.object({
  name: z.enum(SIGNAL_NAMES),
  value: z.number(),
  /** What really happened, where `value` is how far that lies from what the scores promised. */
  realised: z.number().optional(),
  sampling_variance: z.number(),
  /** Labelled rows behind it, as independent ones. */
  rows: z.number(),
  /** Which direction is a failure. */
  worse: z.enum(["up", "down", "either"]),
  /** Of the whole reference, with that level's own sampling variance. */
  level: z.number(),
  level_variance: z.number(),
  /** How much the number varies between the reference's own windows beyond sampling. */
  ...dispersionSchema.shape,
  /** The change chart for lasting changes; absent where the reference has too few windows for one. */
  chart: z
    .object({
      center: z.number(),
      center_error: z.number(),
      between_variance: z.number(),
      autocorrelation: z.number(),
      windows: z.number(),
      average_run_length: z.number(),
      allowance: z.number(),
      threshold: z.number(),
    })
    .optional(),
});

/** nonsenseSchema is why labels and predictions of a model cannot be compared, and what to set or send. */
export const nonsenseSchema = z.object({ check: z.enum(NONSENSE_NAMES), reason: z.string() });

/** labelTroubleSchema is what is wrong with the labels of a window themselves. */
export const labelTroubleSchema = z.object({
  trouble: z.enum(LABEL_TROUBLES),
  /** Of the labels, 0..1. */
  share: z.number(),
  confidence: z.number(),
  what: z.string(),
  detail: z.string(),
});

/** performanceBasisSchema is what a performance verdict was decided from besides its metrics: with the state of the window before, the verdict follows from both. */
export const performanceBasisSchema = z.object({
  /** Null while there is no labelled reference. */
  reference_id: z.string().nullable(),
  /** Fewest labels of a window that is judged. */
  needed_labels: z.number(),
  /** What is known of when labels come; `label_coverage` and `expected_coverage` belong to it. */
  maturity: z.object({
    /** The window's age where a stated label delay decides, no more than that delay: it is over, or not yet. */
    age_ms: z.number().optional(),
    label_delay_ms: z.number().optional(),
    final_coverage: z.number().nullable(),
    settled: z.boolean().optional(),
  }),
  /** A fixed limit of the monitor: then nothing else is looked at. */
  limit: z
    .object({ metric: z.string(), minimum: z.number().optional(), maximum: z.number().optional() })
    .optional(),
  /** What the drift verdict on the same window said. */
  inputs: z
    .object({
      outcome: z.string(),
      cause: causeSchema.optional(),
      /** Features that could be judged, of all that are watched. */
      judged: z.number().int().optional(),
      of: z.number().int().optional(),
      /** Share of the rows whose inputs differ from the reference: what of a loss they could explain at most. */
      moved: z.number().optional(),
    })
    .optional(),
  positive_class: z.string().optional(),
  /** Then nothing is judged. */
  nonsense: nonsenseSchema.optional(),
  /** Then the labels are judged, and not the model. */
  label_trouble: labelTroubleSchema.optional(),
  /** Labelled predictions that no metric was computed from; absent where all could be used. */
  left_out: z.object({ labels: z.number(), outputs: z.number() }).optional(),
  operating_point: operatingPointSchema.optional(),
  signals: z.array(signalBasisSchema),
});

export type SignalBasis = z.infer<typeof signalBasisSchema>;
export type PerformanceBasis = z.infer<typeof performanceBasisSchema>;
