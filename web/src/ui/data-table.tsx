import type { ReactNode } from "react";
import styles from "./data-table.module.css";

/** Column is one column of a table; numbers are set flush right. */
export interface Column {
  header: string;
  numeric?: boolean;
}

// A table of thousands of rows would be most of the page, and nobody reads it.
const MOST_ROWS = 60;

/** DataTable is a real table with a caption for screen readers, scrollable by keyboard where it is wider or longer than its place. */
export function DataTable(props: {
  caption: string;
  columns: readonly Column[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
  /** Scrolls in its place, and shows the first rows of very many. */
  bounded?: boolean;
}) {
  const rows = props.bounded === true ? props.rows.slice(0, MOST_ROWS) : props.rows;
  const left = props.rows.length - rows.length;
  return (
    <section
      className={props.bounded === true ? styles["bounded"] : styles["scroll"]}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard.
      tabIndex={0}
      aria-label={props.caption}
    >
      <table className={styles["table"]}>
        <caption className="visually-hidden">{props.caption}</caption>
        <thead>
          <tr>
            {props.columns.map(({ header, numeric }) => (
              <th key={header} scope="col" className={numeric === true ? styles["numeric"] : undefined}>
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map((cell, i) => {
                const column = props.columns[i]!;
                return (
                  <td key={column.header} className={column.numeric === true ? styles["numeric"] : undefined}>
                    {cell}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 && (
        <p className={styles["left"]}>
          These are the newest {rows.length} of {props.rows.length}. A shorter or earlier range shows the
          others.
        </p>
      )}
    </section>
  );
}
