/** ConfusionCell counts the rows of one true class that were predicted as one class. */
export interface ConfusionCell {
  truth: string;
  predicted: string;
  count: number;
}
