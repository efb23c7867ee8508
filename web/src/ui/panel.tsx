import type { ReactNode } from "react";
import styles from "./panel.module.css";

/** Panel is a titled surface: a section of a page. */
export function Panel(props: {
  id: string;
  title: string;
  note?: ReactNode;
  children: ReactNode;
  flush?: boolean;
}) {
  return (
    <section className={styles["panel"]} id={props.id} aria-labelledby={`${props.id}-heading`}>
      <div className={styles["title"]}>
        <h2 id={`${props.id}-heading`}>{props.title}</h2>
        {props.note !== undefined && <div className={styles["note"]}>{props.note}</div>}
      </div>
      <div className={props.flush === true ? undefined : styles["padded"]}>{props.children}</div>
    </section>
  );
}
