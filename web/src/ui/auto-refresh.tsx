"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { formatAge } from "../view/format-time.ts";
import styles from "./auto-refresh.module.css";

/**
 * AutoRefresh fetches the page's numbers again every `seconds` while the tab is visible and says how old they are. It waits while the
 * reader is typing, so that nothing moves under their hands.
 */
export function AutoRefresh({ madeAt, seconds }: { madeAt: number; seconds: number }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [age, setAge] = useState(() => formatAge(madeAt, madeAt));

  useEffect(() => {
    setAge(formatAge(madeAt, Date.now()));
    const ticking = setInterval(() => setAge(formatAge(madeAt, Date.now())), 1_000);
    return () => clearInterval(ticking);
  }, [madeAt]);

  useEffect(() => {
    const refreshing = setInterval(() => {
      const isTyping = document.activeElement instanceof HTMLTextAreaElement;
      if (!document.hidden && !isTyping) startTransition(() => router.refresh());
    }, seconds * 1_000);
    return () => clearInterval(refreshing);
  }, [router, seconds]);

  return (
    <span className={styles["age"]}>
      <span className={isPending ? styles["busy"] : styles["dot"]} aria-hidden="true" />
      Numbers from {age}
    </span>
  );
}
