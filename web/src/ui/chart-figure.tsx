import type { ReactNode } from "react";
import styles from "./chart-figure.module.css";

/**
 * ChartFigure frames a chart: its title, one sentence that says what it shows, the chart, and the same numbers as a table. The sentence
 * and the table come from the server, so that they are there without a script.
 */
export function ChartFigure(props: {
  id: string;
  title: string;
  summary: ReactNode;
  actions?: ReactNode;
  table?: ReactNode;
  children: ReactNode;
}) {
  return (
    <figure className={styles["figure"]} id={props.id} aria-labelledby={`${props.id}-title`}>
      <div className={styles["head"]}>
        <div className={styles["words"]}>
          <h3 id={`${props.id}-title`}>{props.title}</h3>
          <figcaption className={styles["summary"]}>{props.summary}</figcaption>
        </div>
        {props.actions}
      </div>
      {props.children}
      {props.table !== undefined && (
        <details className={styles["details"]}>
          <summary>View as table</summary>
          {props.table}
        </details>
      )}
    </figure>
  );
}
