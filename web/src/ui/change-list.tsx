import { CHANGE_WORDS, changeTitle } from "@leeway/core/events";
import type { ChangeEvent } from "@leeway/core/records";
import type { ReactNode } from "react";
import styles from "./change-list.module.css";
import { Instant } from "./instant.tsx";

/** ChangeList lists what changed: when, what, which kind, who says so. `aside` says what there is to say of a change beside that. */
export function ChangeList(props: {
  changes: readonly ChangeEvent[];
  now: number;
  aside?: (change: ChangeEvent) => ReactNode;
}) {
  return (
    <ol className={styles["changes"]}>
      {props.changes.map((change) => (
        <li key={change.id}>
          <span className={styles["when"]}>
            <Instant time={change.timestamp} now={props.now} precise />
            {props.aside === undefined ? null : <> · {props.aside(change)}</>}
          </span>
          <span className={styles["what"]}>
            {change.url === undefined ? (
              changeTitle(change)
            ) : (
              <a href={change.url} rel="noreferrer">
                {changeTitle(change)}
              </a>
            )}
          </span>
          <span className={styles["who"]}>
            {CHANGE_WORDS[change.kind]}
            {change.model === undefined ? ", all models" : ""}
            {change.version === undefined ? "" : `, version ${change.version}`} · {change.source}
          </span>
        </li>
      ))}
    </ol>
  );
}
