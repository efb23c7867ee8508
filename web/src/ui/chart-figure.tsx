import type { ReactNode } from "react";
import styles from "./chart-figure.module.css";
import { TableOnDemand } from "./table-on-demand.tsx";

/**
 * ChartFigure frames a chart: its title, one sentence that says what it shows, the chart, and the same numbers as a table. The sentence
 * comes with the page, so that it is there without a script; the table comes when it is opened, since it would be most of the page.
 */
export function ChartFigure(props: {
  id: string;
  title: string;
  summary: ReactNode;
  actions?: ReactNode;
  /** Where the numbers behind the chart are had as a table. */
  tablePath?: string | undefined;
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
      {props.tablePath !== undefined && <TableOnDemand path={props.tablePath} title={props.title} />}
    </figure>
  );
}
