import type { QualityFinding } from "../view/data-quality.ts";
import { formatCount } from "../view/number-words.ts";
import { Age } from "./age.tsx";
import { DataTable } from "./data-table.tsx";
import styles from "./quality-findings.module.css";

const SHOWN = 50;

/** QualityFindings is a table of what looks wrong with a model's data, or says that nothing does. */
export function QualityFindings({ findings, now }: { findings: readonly QualityFinding[]; now: number }) {
  if (findings.length === 0) {
    return (
      <p className={styles["empty"]}>
        Nothing was refused or dropped in the last week, and every feature kept one type and one name.
      </p>
    );
  }
  return (
    <>
      <DataTable
        caption="What looks wrong with the data"
        columns={[
          { header: "Data" },
          { header: "What was found" },
          { header: "Events", numeric: true },
          { header: "Newest", numeric: true },
        ]}
        rows={findings.slice(0, SHOWN).map(({ subject, finding, events, lastAt, example }) => ({
          key: `${subject} ${finding} ${example}`,
          cells: [
            <code key="subject">{subject}</code>,
            <div key="finding" className={styles["finding"]}>
              {finding}
              {example !== undefined && <small>{example}</small>}
            </div>,
            events === undefined ? "–" : formatCount(events),
            lastAt === undefined ? "–" : <Age key="age" time={lastAt} now={now} />,
          ],
        }))}
      />
      {findings.length > SHOWN && (
        <p className={styles["empty"]}>And {formatCount(findings.length - SHOWN)} more of the same kinds.</p>
      )}
    </>
  );
}
