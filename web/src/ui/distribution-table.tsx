import { formatPercent } from "../view/number-words.ts";
import { type Distribution, shownBins } from "../view/shown-bins.ts";
import styles from "./distribution-table.module.css";

/**
 * DistributionTable draws two distributions over the same bins, bar under bar, with their shares: it is the chart and the table in one, so
 * nothing has to be read off a picture. Bins whose share moved most are marked; of many, the rest is one.
 */
export function DistributionTable(props: {
  distribution: Distribution;
  caption: string;
  windowName?: string;
}) {
  const { labels, reference, window } = shownBins(props.distribution);
  const windowName = props.windowName ?? "Window";
  const largest = Math.max(0.0001, ...reference, ...window);
  const moves = labels.map((_, i) => Math.abs((window[i] ?? 0) - (reference[i] ?? 0)));
  const largestMove = Math.max(...moves);
  return (
    <table className={styles["table"]}>
      <caption className={styles["caption"]}>
        <span className="visually-hidden">{props.caption}. </span>
        <span className={styles["key"]}>
          <span className={styles["referenceKey"]} aria-hidden="true" /> Reference
        </span>
        <span className={styles["key"]}>
          <span className={styles["windowKey"]} aria-hidden="true" /> {windowName}
        </span>
      </caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">Bin</th>
          <th scope="col">Bars</th>
          <th scope="col">Reference</th>
          <th scope="col">{windowName}</th>
        </tr>
      </thead>
      <tbody>
        {labels.map((label, i) => {
          const isMoved = moves[i]! >= 0.01 && moves[i]! >= largestMove * 0.6;
          return (
            // Numbers that differ in their last digits have the same label.
            // biome-ignore lint/suspicious/noArrayIndexKey: bins keep their order
            <tr key={`${i} ${label}`} className={isMoved ? styles["moved"] : undefined}>
              <th scope="row" title={label}>
                {label}
              </th>
              <td className={styles["bars"]} aria-hidden="true">
                <span className={styles["referenceBar"]} style={{ width: width(reference[i], largest) }} />
                <span className={styles["windowBar"]} style={{ width: width(window[i], largest) }} />
              </td>
              <td className={styles["share"]}>{formatPercent(reference[i])}</td>
              <td className={`${styles["share"]} ${styles["windowShare"]}`}>{formatPercent(window[i])}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function width(share: number | undefined, largest: number): string {
  return `${(((share ?? 0) / largest) * 100).toFixed(2)}%`;
}
