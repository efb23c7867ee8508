/** LabelEvent is a label whose fields are checked and whose class is text. */
export interface LabelEvent {
  predictionId: string;
  label: string | undefined;
  value: number | undefined;
  timestamp: number;
}
