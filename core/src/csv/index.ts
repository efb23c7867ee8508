export { type CsvRow, type CsvText, openCsvText } from "./open-csv.ts";
export { createRecordSplitter } from "./split-records.ts";
export { hasInvalidText } from "./text-encoding.ts";
