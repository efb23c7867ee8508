import { z } from "zod";

/** DRIFT_THRESHOLDS are the sizes of drift that a fixed threshold can be set on, with what lies between `above` and `below` for each of them. */
export const DRIFT_THRESHOLDS = {
  /** PSI of a feature or the output; with proportions floored at 1e-4 it ends at 2 ln 10⁴. */
  psi: { above: 0, below: 18.4, of: "the PSI of a feature or the output" },
  /** Free text: the largest shift of a mean rank among its statistics, in standard scores; ranks end at √3. */
  text_shift: {
    above: 0,
    below: 1.73,
    of: "the largest shift of a free text's statistics, in standard scores",
  },
  /** An embedding's maximum mean discrepancy, less what chance gives; a Gaussian kernel's ends at √2. */
  embedding_mmd: { above: 0, below: 1.41, of: "the maximum mean discrepancy of an embedding" },
  /** Joint drift: the area under the curve of the classifier that tells the window from the reference. */
  joint_auc: { above: 0.5, below: 1, of: "the area under the joint classifier's curve" },
} as const;

/** monitorThresholdsSchema is a monitor's fixed thresholds: of a drift monitor one or several sizes, of a performance monitor a metric with its limits. */
export const monitorThresholdsSchema = z.object({
  psi: z.number().positive().optional(),
  text_shift: z.number().positive().optional(),
  embedding_mmd: z.number().positive().optional(),
  joint_auc: z.number().positive().optional(),
  metric: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});

/** driftThresholdsSchema is those of a drift monitor alone. */
export const driftThresholdsSchema = monitorThresholdsSchema.pick({
  psi: true,
  text_shift: true,
  embedding_mmd: true,
  joint_auc: true,
});

export type MonitorThresholds = z.infer<typeof monitorThresholdsSchema>;
export type DriftThresholds = z.infer<typeof driftThresholdsSchema>;
