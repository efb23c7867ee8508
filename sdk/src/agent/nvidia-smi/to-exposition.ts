import type { Exposition, Family, FamilyType, Series } from "../../scraping/exposition/exposition.ts";

const WORDS: Readonly<Record<string, number>> = { Active: 1, "Not Active": 0, Yes: 1, No: 0 };
const LABEL_FIELDS = new Set([
  "index",
  "uuid",
  "name",
  "mig.mode.current",
  "gpu_uuid",
  "pid",
  "process_name",
]);
const ACTION = "gpu_recovery_action";

/**
 * toExposition returns the tables of `nvidia-smi` (CSV without header and units) as families named after their fields, one series a GPU or process. What the
 * driver can't tell (`[N/A]`, `[Not Supported]` …) has no series. O(cells).
 */
export function toExposition(
  gpuFields: readonly string[],
  gpuText: string,
  appFields: readonly string[],
  appText: string,
): Exposition {
  const families = new Map<string, Family & { series: Series[] }>();
  const add = (field: string, labels: Record<string, string>, value: number): void => {
    const metric = `nvidia_smi:${field}`;
    const family = families.get(metric) ?? { metric, type: "gauge", series: [] };
    family.series.push({ labels, value });
    families.set(metric, family);
  };
  const rows = rowsOf(gpuText, gpuFields);
  for (const cells of [...rows, ...rowsOf(appText, appFields)]) addRow(cells, add);
  add("count", {}, rows.length);
  const present = new Map<string, FamilyType>([...families.keys()].map((name) => [name, "gauge"]));
  return { families, present, declared: new Set(), lines: rows.length, malformed: 0, left: 0 };
}

function rowsOf(text: string, fields: readonly string[]): ReadonlyMap<string, string>[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => {
    const cells = line.split(",").map((cell) => cell.trim());
    // A process may have commas in its name; no other field has one.
    const extra = cells.length - fields.length;
    const named = fields.indexOf("process_name");
    if (extra > 0 && named !== -1)
      cells.splice(named, extra + 1, cells.slice(named, named + extra + 1).join(","));
    return new Map(fields.map((field, index) => [field, cells[index] ?? ""]));
  });
}

function addRow(
  cells: ReadonlyMap<string, string>,
  add: (field: string, labels: Record<string, string>, value: number) => void,
): void {
  const labels: Record<string, string> = {};
  for (const [field, cell] of cells)
    if (LABEL_FIELDS.has(field) && !cell.startsWith("[")) labels[field] = cell;
  for (const [field, cell] of cells) {
    if (LABEL_FIELDS.has(field)) continue;
    if (field === ACTION) {
      if (!cell.startsWith("[") && cell !== "")
        add(field, { ...labels, action: cell }, cell === "None" ? 0 : 1);
      continue;
    }
    const value = readCell(cell);
    if (value !== undefined) add(field, labels, value);
  }
}

function readCell(cell: string): number | undefined {
  if (/^-?\d+(\.\d+)?$/.test(cell) || /^0x[0-9a-f]+$/i.test(cell)) return Number(cell);
  return WORDS[cell];
}
