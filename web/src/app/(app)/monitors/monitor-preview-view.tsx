import type { MonitorPreview } from "@leeway/core/evaluation";
import { formatWindow } from "../../../view/format-time.ts";
import { formatCount } from "../../../view/number-words.ts";
import styles from "./monitors.module.css";

const SHOWN = 10;

/** MonitorPreviewView shows what a monitor would have done on the stored history: each window in a strip, then the alarms. */
export function MonitorPreviewView({ preview }: { preview: MonitorPreview }) {
  const { windows, alarms, not_evaluated: notEvaluated } = preview;
  const now = windows.at(-1)?.end ?? 0;
  return (
    <div className={styles["preview"]}>
      <p>{preview.summary}</p>
      <svg
        className={styles["strip"]}
        viewBox={`0 0 ${Math.max(1, windows.length)} 10`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${formatCount(windows.length)} windows, ${formatCount(alarms.length)} alarms`}
      >
        {windows.map(({ start, outcome }, i) => (
          <rect key={start} x={i} width="0.9" height="10" className={styles[STRIP[outcome] ?? "other"]} />
        ))}
      </svg>
      {alarms.length > 0 && (
        <ul>
          {alarms.slice(0, SHOWN).map((alarm) => (
            <li key={alarm.start}>
              <strong>{formatWindow(alarm.start, alarm.end, now)}</strong>: {alarm.reason}
            </li>
          ))}
        </ul>
      )}
      {alarms.length > SHOWN && (
        <p className={styles["soft"]}>And {formatCount(alarms.length - SHOWN)} more.</p>
      )}
      {notEvaluated.slice(0, SHOWN).map(({ kind, feature, windows: count, reason }) => (
        <p key={`${kind} ${feature}`} className={styles["soft"]}>
          Not judged: {feature ?? kind} in {formatCount(count)} {count === 1 ? "window" : "windows"} ({reason}
          )
        </p>
      ))}
    </div>
  );
}

const STRIP: Record<string, "ok" | "bad" | undefined> = { ok: "ok", drifting: "ok", alarm: "bad" };
