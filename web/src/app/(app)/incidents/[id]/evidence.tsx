import type { Incident } from "@leeway/core/records";
import { Link } from "../../../../ui/link.tsx";
import { Panel } from "../../../../ui/panel.tsx";
import { formatWindow } from "../../../../view/format-time.ts";
import { addressWith } from "../../../../view/page-address.ts";
import styles from "./incident.module.css";

const HOUR = 3_600_000;
const SHOWN = 30;

/** Evidence lists the failing checks with their reasons, newest first; each window leads to the model page around that time. */
export function Evidence({ incident, now }: { incident: Incident; now: number }) {
  const evaluations = [...incident.evaluations].sort((a, b) => b.window_start - a.window_start);
  return (
    <Panel
      id="evidence"
      title="Evidence"
      note={
        incident.evaluation_count > evaluations.length
          ? `the newest ${evaluations.length} of ${incident.evaluation_count} failing checks`
          : `${evaluations.length} failing ${evaluations.length === 1 ? "check" : "checks"}`
      }
    >
      {evaluations.length === 0 ? (
        <p className={styles["empty"]}>No failing check is attached.</p>
      ) : (
        <ol className={styles["evidence"]}>
          {evaluations.slice(0, SHOWN).map((evaluation) => (
            <li key={`${evaluation.monitor_id} ${evaluation.window_start}`}>
              <Link href={windowAddress(incident, evaluation.window_start, evaluation.window_end)}>
                {formatWindow(evaluation.window_start, evaluation.window_end, now)}
              </Link>
              <p>{evaluation.reason}</p>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

// A link to a single slow window would show an almost empty chart: at least six windows, or an hour, on each side.
function windowAddress(incident: Incident, start: number, end: number): string {
  const pad = Math.max(HOUR, 6 * (end - start));
  return addressWith(
    `/models/${encodeURIComponent(incident.model)}`,
    {},
    {
      version: incident.version,
      environment: incident.environment === "production" ? undefined : incident.environment,
      from: new Date(start - pad).toISOString(),
      to: new Date(end + pad).toISOString(),
    },
  );
}
