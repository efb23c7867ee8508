import type { ReactNode } from "react";
import styles from "./page-head.module.css";

/** PageHead is the top of a page: where it belongs, its title with its state, one sentence, and actions on the right. */
export function PageHead(props: {
  trail?: ReactNode;
  title: ReactNode;
  badge?: ReactNode;
  sentence?: ReactNode;
  aside?: ReactNode;
}) {
  return (
    <div className={styles["head"]}>
      <div className={styles["words"]}>
        {props.trail !== undefined && <div className={styles["trail"]}>{props.trail}</div>}
        <div className={styles["titleRow"]}>
          <h1>{props.title}</h1>
          {props.badge}
        </div>
        {props.sentence !== undefined && <div className={styles["sentence"]}>{props.sentence}</div>}
      </div>
      {props.aside !== undefined && <div className={styles["aside"]}>{props.aside}</div>}
    </div>
  );
}
