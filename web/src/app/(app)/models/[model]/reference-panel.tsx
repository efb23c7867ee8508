import { Panel } from "../../../../ui/panel.tsx";
import { formatWindow } from "../../../../view/format-time.ts";
import type { ReferenceInfo } from "../../../../view/model-page.ts";
import { formatCount } from "../../../../view/number-words.ts";
import styles from "./sections.module.css";

const SOURCES = {
  upload: "Uploaded",
  window: "A pinned window of production",
  automatic: "Taken by itself from the first days",
} as const;

/** ReferencePanel says what the shown version is held against, and marks a reference that nobody chose. */
export function ReferencePanel({ reference, now }: { reference: ReferenceInfo | undefined; now: number }) {
  if (reference === undefined) {
    return (
      <Panel id="reference" title="Reference">
        <p className={styles["empty"]}>
          None yet. Upload a training set, or wait: the first days of traffic become the reference by
          themselves.
        </p>
      </Panel>
    );
  }
  return (
    <Panel id="reference" title="Reference">
      <dl className={styles["pairs"]}>
        <div>
          <dt>Source</dt>
          <dd>
            {SOURCES[reference.source]}
            {reference.source === "automatic" && (
              <span className={styles["mark"]}>not chosen by anyone yet</span>
            )}
          </dd>
        </div>
        <div>
          <dt>From</dt>
          <dd>
            {formatWindow(reference.from, reference.to, now)}, version {reference.version}
          </dd>
        </div>
        <div>
          <dt>Rows</dt>
          <dd>
            {formatCount(reference.rows)}, {formatCount(reference.labelledRows)} of them labelled
          </dd>
        </div>
        <div>
          <dt>Features</dt>
          <dd>{formatCount(reference.features)}</dd>
        </div>
        <div>
          <dt>Id</dt>
          <dd>
            <code>{reference.id}</code>
          </dd>
        </div>
      </dl>
    </Panel>
  );
}
