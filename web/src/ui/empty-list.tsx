import type { ReactNode } from "react";
import styles from "./empty-list.module.css";

/** EmptyList says in place of a list why there is nothing in it. */
export function EmptyList({ children }: { children: ReactNode }) {
  return <p className={styles["empty"]}>{children}</p>;
}
