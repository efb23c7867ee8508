import { loadDataQuality } from "../../../../server/load-data-quality.ts";
import type { Principal } from "../../../../server/principal.ts";
import { Age } from "../../../../ui/age.tsx";
import { DataTable } from "../../../../ui/data-table.tsx";
import { formatCount } from "../../../../view/number-words.ts";
import styles from "./sections.module.css";

const SHOWN = 50;

/** QualitySection shows what was refused or dropped of a model's data and which features look like mistakes, or says that nothing was. */
export async function QualitySection(props: { principal: Principal; model: string; now: number }) {
  const findings = await loadDataQuality(props.principal, props.model);
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
          { header: "Of" },
          { header: "Found" },
          { header: "Events", numeric: true },
          { header: "Last", numeric: true },
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
            lastAt === undefined ? "–" : <Age key="age" time={lastAt} now={props.now} />,
          ],
        }))}
      />
      {findings.length > SHOWN && (
        <p className={styles["empty"]}>And {formatCount(findings.length - SHOWN)} more of the same kinds.</p>
      )}
    </>
  );
}
