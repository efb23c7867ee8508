import { readFileSync } from "node:fs";
import type { Store } from "@leeway/store";

/** Costs is what processes and the engine have used so far. */
export interface Costs {
  statements: number;
  rowsRead: number;
  cpuSeconds: Record<string, number>;
}

/** createCostMeter returns a function that reads what the engine was asked, and the CPU of the named processes. */
export function createCostMeter(
  store: Store,
  pids: () => Record<string, number | undefined>,
): () => Promise<Costs> {
  return async () => {
    const answer = await store.client.query({
      query:
        "SELECT event, value FROM system.events WHERE event IN ('SelectQuery', 'InsertQuery', 'SelectedRows')",
      format: "JSONEachRow",
    });
    const rows = (await answer.json()) as { event: string; value: string | number }[];
    const events = new Map(rows.map(({ event, value }) => [event, Number(value)]));
    return {
      statements: (events.get("SelectQuery") ?? 0) + (events.get("InsertQuery") ?? 0),
      rowsRead: events.get("SelectedRows") ?? 0,
      cpuSeconds: Object.fromEntries(Object.entries(pids()).map(([name, pid]) => [name, cpuOf(pid)])),
    };
  };
}

/** costsBetween returns, as text, what was used from one reading to another. */
export function costsBetween(before: Costs, after: Costs): string {
  const cpu = Object.entries(after.cpuSeconds).map(
    ([name, seconds]) => `${name} ${(seconds - (before.cpuSeconds[name] ?? 0)).toFixed(1)}`,
  );
  return `${after.statements - before.statements} statements, ${after.rowsRead - before.rowsRead} rows read, CPU s: ${cpu.join(", ")}`;
}

function cpuOf(pid: number | undefined): number {
  if (pid === undefined) return 0;
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
