import { loadBreakdown } from "../../../../server/load-breakdown.ts";
import type { Principal } from "../../../../server/principal.ts";
import { DataTable } from "../../../../ui/data-table.tsx";
import { breakdownTable } from "../../../../view/breakdown-table.ts";
import { metricDirection, metricName } from "../../../../view/metric-words.ts";
import type { ModelPageView } from "../../../../view/model-page.ts";
import type { PageAddress } from "../../../../view/page-address.ts";
import { BreakdownPicker } from "./breakdown-picker.tsx";
import styles from "./sections.module.css";

/** BreakdownSection reads and shows how the shown version does by the values of a tag or feature; it reads raw rows, so the page does not wait for it. */
export async function BreakdownSection(props: {
  principal: Principal;
  view: ModelPageView;
  path: string;
  address: PageAddress;
}) {
  const { view, path, address } = props;
  const { model, version, range } = view;
  const breakdown =
    version === undefined
      ? undefined
      : await loadBreakdown(props.principal, { model, version, range, by: address["by"] });
  if (breakdown === undefined || breakdown.names.tags.length + breakdown.names.features.length === 0) {
    return (
      <p className={styles["empty"]}>
        No prediction in this range carries a tag or a category, and no reference divides its numbers into
        ranges.
      </p>
    );
  }
  const { by, names, groups } = breakdown;
  const { columns, rows, metric } = breakdownTable(groups, view.performance.metric);
  const direction = metric === undefined ? undefined : metricDirection(metric);
  return (
    <>
      <BreakdownPicker path={path} address={address} names={names} current={by} />
      {by === undefined ? (
        <p className={styles["empty"]}>Pick a tag or a feature to see how its values differ.</p>
      ) : (
        <div className={styles["broken"]}>
          <DataTable caption={`Predictions by ${by}`} columns={columns} rows={rows} />
          <p className={styles["note"]}>
            The twenty most frequent values; the reference’s numbers are those of the same value in it.
            {metric === undefined
              ? " No labels have come in this range, so only counts and outputs are shown."
              : direction !== undefined && ` ${metricName(metric)}: ${direction}.`}
          </p>
        </div>
      )}
    </>
  );
}
