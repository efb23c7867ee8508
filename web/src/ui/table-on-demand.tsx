"use client";

import { useState } from "react";
import type { LaneTable } from "../view/lane-tables.ts";
import styles from "./chart-figure.module.css";
import { DataTable } from "./data-table.tsx";
import { readProblem } from "./read-problem.ts";

/** TableOnDemand is the numbers behind a chart: they are fetched when somebody opens them, and can be had as a file. */
export function TableOnDemand({ path, title }: { path: string; title: string }) {
  const [table, setTable] = useState<LaneTable>();
  const [message, setMessage] = useState<string>();

  async function open(isOpen: boolean) {
    if (!isOpen) return;
    setMessage(undefined);
    const answer = await fetch(path).catch(() => undefined);
    if (answer?.ok === true) setTable((await answer.json()) as LaneTable);
    else setMessage(await readProblem(answer));
  }

  return (
    <details className={styles["details"]} onToggle={(event) => void open(event.currentTarget.open)}>
      <summary>View as table</summary>
      <p role="status">{message ?? (table === undefined ? "Fetching the numbers…" : "")}</p>
      {table !== undefined && <DataTable bounded {...table} />}
      <a href={`${path}&format=csv`} download>
        {title} as CSV
      </a>
    </details>
  );
}
