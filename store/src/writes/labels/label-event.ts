/** LabelEvent is a checked label with the project it belongs to; its class is text, its timestamp epoch milliseconds. */
export interface LabelEvent {
  project: string;
  model: string;
  predictionId: string;
  label: string | undefined;
  value: number | undefined;
  timestamp: number;
}
