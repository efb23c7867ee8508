import { loadComparison } from "../../../../server/comparison.ts";
import type { Principal } from "../../../../server/principal.ts";
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
  const comparison =
    view.version === undefined
      ? undefined
      : await loadComparison(props.principal, {
          model: view.model,
          windowMs: view.windowMs,
          version: view.version,
          versions: view.versions,
          asked: props.asked,
          range: view.range,
        });
  if (comparison === undefined) {
    return (
      <p className={styles["empty"]}>
        Versions are compared here once two of them have scored the same labelled predictions.
      </p>
    );
  }
  return <ComparisonView comparison={comparison} />;
}
