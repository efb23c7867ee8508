"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import { formatAge } from "../view/format-time.ts";
import styles from "./auto-refresh.module.css";
import { useLook } from "./connection-watch.tsx";

/**
 * AutoRefresh asks every `seconds`, while the tab is visible, whether the page's numbers have changed, and only then fetches them again. It waits
 * while the reader is typing, so that nothing moves under their hands, and while the last look is not answered.
 */
export function AutoRefresh({
  madeAt,
  seconds,
  always = false,
}: {
  madeAt: number;
  seconds: number;
  /** A small page that waits for something is fetched again at each look. */
  always?: boolean;
}) {
  const router = useRouter();
  const look = useLook();
  const [isPending, startTransition] = useTransition();
  const [age, setAge] = useState(() => formatAge(madeAt, madeAt));
  // The numbers are as old as the last time that the server found them to be right.
  const rightAt = useRef(madeAt);
  const isBusy = useRef(false);
  const isRefreshing = useRef(false);
  isRefreshing.current = isPending;

  useEffect(() => {
    rightAt.current = Math.max(rightAt.current, madeAt);
    const tell = () => setAge(formatAge(rightAt.current, Date.now()));
    tell();
    const ticking = setInterval(tell, 1_000);
    return () => clearInterval(ticking);
  }, [madeAt]);

  useEffect(() => {
    async function check() {
      if (document.hidden || isTyping() || isBusy.current || isRefreshing.current) return;
      isBusy.current = true;
      const isOutOfDate = await look(madeAt);
      isBusy.current = false;
      if (isOutOfDate === true || (always && isOutOfDate !== undefined))
        startTransition(() => router.refresh());
      else if (isOutOfDate === false) rightAt.current = Date.now();
    }
    const checking = setInterval(() => void check(), seconds * 1_000);
    const now = () => void check();
    window.addEventListener("online", now);
    document.addEventListener("visibilitychange", now);
    return () => {
      clearInterval(checking);
      window.removeEventListener("online", now);
      document.removeEventListener("visibilitychange", now);
    };
  }, [router, seconds, madeAt, look, always]);

  return (
    <span className={styles["age"]}>
      <span className={isPending ? styles["busy"] : styles["dot"]} aria-hidden="true" />
      Numbers from {age}
    </span>
  );
}

const TYPED = "textarea, select, input:not([type=radio], [type=checkbox])";

function isTyping(): boolean {
  return document.activeElement?.matches(TYPED) === true;
}
