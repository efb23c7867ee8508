import type { ReactNode } from "react";
import styles from "./data-table.module.css";

/** Column is one column of a table; numbers are set flush right. */
export interface Column {
  header: string;
  numeric?: boolean;
}

/** DataTable is a real table with a caption for screen readers, scrollable by keyboard where it is wider or longer than its place. */
export function DataTable(props: {
  caption: string;
  columns: readonly Column[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
  bounded?: boolean;
}) {
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
          {props.rows.map(({ key, cells }) => (
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
    </section>
  );
}
