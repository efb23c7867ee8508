/** TornRows are stored rows that could not be read and are set aside. */
export interface TornRows {
  of: "predictions" | "labels";
  /** Event time, epoch milliseconds; absent where the rows are of any time. */
  span?: { from: number; to: number } | undefined;
}
