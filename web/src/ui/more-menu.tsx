"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import styles from "./app-header.module.css";
import { Link } from "./link.tsx";

const PLACES = [
  ["/silences", "Silences"],
  ["/channels", "Channels"],
  ["/monitors", "Monitors"],
  ["/objectives", "Objectives"],
  ["/quality", "Data quality"],
  ["/status", "Status"],
  ["/settings", "Settings"],
] as const;

/** The header has room for it on all but narrow screens. */
const IN_THE_BAR = "/silences";

/** MoreMenu holds the pages of the header that are not needed every day: Escape, a press beside it or the next page closes it. */
export function MoreMenu() {
  const path = usePathname();
  const menu = useRef<HTMLDetailsElement>(null);
  const current = PLACES.find(([place]) => place !== IN_THE_BAR && path.startsWith(place));

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the menu.
  useEffect(() => {
    menu.current?.removeAttribute("open");
  }, [path]);

  useEffect(() => {
    const close = (event: Event) => {
      const isEscape = event instanceof KeyboardEvent && event.key === "Escape";
      const isBeside = event.type === "pointerdown" && !menu.current?.contains(event.target as Node);
      if (isEscape || isBeside) menu.current?.removeAttribute("open");
    };
    document.addEventListener("pointerdown", close);
    document.addEventListener("keydown", close);
    return () => {
      document.removeEventListener("pointerdown", close);
      document.removeEventListener("keydown", close);
    };
  }, []);

  return (
    <details ref={menu} className={styles["more"]}>
      <summary className={styles["navLink"]} data-current={current !== undefined}>
        <span className={styles["wide"]}>{current?.[1] ?? "More"}</span>
        <span className={styles["narrow"]}>More</span>
        <span aria-hidden="true">▾</span>
      </summary>
      <ul className={styles["places"]}>
        {PLACES.map(([place, words]) => (
          <li key={place} className={place === IN_THE_BAR ? styles["narrow"] : undefined}>
            <Link href={place} {...(path.startsWith(place) ? { "aria-current": "page" as const } : {})}>
              {words}
            </Link>
          </li>
        ))}
      </ul>
    </details>
  );
}
