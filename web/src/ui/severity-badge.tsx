import type { Severity } from "@leeway/core/records";
import { severityWords } from "@leeway/core/words";
import styles from "./severity-badge.module.css";

/** SeverityBadge says how urgent an incident is: a word, and a shape that is heavier the more urgent it is. */
export function SeverityBadge({ severity }: { severity: Severity }) {
  return <span className={`${styles["badge"]} ${styles[severity]}`}>{severityWords(severity)}</span>;
}
