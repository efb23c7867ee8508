import { type ReactNode, useId } from "react";
import styles from "./fields.module.css";

/** Field is a labelled control of a form with its hint, and with what the server found wrong with it beside it. */
export function Field(props: {
  label: string;
  hint?: ReactNode;
  problem?: string | undefined;
  isWide?: boolean;
  children: (control: { id: string; "aria-invalid": boolean; "aria-describedby": string }) => ReactNode;
}) {
  const id = useId();
  const notes = `${id}-notes`;
  return (
    <div className={`${styles["field"]} ${props.isWide === true ? styles["wide"] : ""}`}>
      <label htmlFor={id}>{props.label}</label>
      {props.children({ id, "aria-invalid": props.problem !== undefined, "aria-describedby": notes })}
      <span id={notes}>
        {props.problem !== undefined && <span className={styles["problem"]}>{props.problem} </span>}
        {props.hint !== undefined && <span className={styles["hint"]}>{props.hint}</span>}
      </span>
    </div>
  );
}
