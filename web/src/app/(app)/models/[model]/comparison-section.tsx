import { loadComparison } from "../../../../server/comparison.ts";
import type { Principal } from "../../../../server/principal.ts";
import { formatDate } from "../../../../view/format-time.ts";
import type { ModelPageView } from "../../../../view/model-page.ts";
import { ComparisonView } from "./comparison-view.tsx";
import styles from "./sections.module.css";

/** ComparisonSection reads and shows how the shown version does against another one; it joins raw rows, so the page does not wait for it. */
export async function ComparisonSection(props: {
  principal: Principal;
  view: ModelPageView;
  asked: string | undefined;
}) {
  const { view } = props;
  if (view.version === undefined) {
    return <p className={styles["empty"]}>Versions are compared here once two of them have had traffic.</p>;
  }
  const comparison = await loadComparison(props.principal, {
    model: view.model,
    windowMs: view.windowMs,
    version: view.version,
    versions: view.versions,
    asked: props.asked,
    range: view.range,
  });
  return comparison.outcome === "none" ? (
    <p className={styles["empty"]}>{comparison.reason}.</p>
  ) : (
    <ComparisonView
      comparison={comparison}
      range={`${formatDate(view.range.from, view.madeAt)} – ${formatDate(view.range.to, view.madeAt)}`}
    />
  );
}
