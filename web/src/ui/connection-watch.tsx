"use client";

import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from "react";
import { type Connection, connectionSentence, nextConnection } from "../view/connection.ts";
import { formatClock } from "../view/format-time.ts";
import styles from "./connection-watch.module.css";

const PATIENCE_MS = 8_000;
const ASK_AGAIN_MS = 5_000;

/** Look asks the server whether a page made at `madeAt` is out of date; undefined where it could not say. */
type Look = (madeAt: number) => Promise<boolean | undefined>;

const LookContext = createContext<Look>(async () => undefined);

/** useLook returns what asks the server, once, whether the page is out of date. */
export function useLook(): Look {
  return useContext(LookContext);
}

/**
 * ConnectionWatch keeps what is on screen where the server or its database does not answer: a banner says since when, links wait, and the page
 * goes on by itself. The browser would show a page of its own instead.
 */
export function ConnectionWatch({ children }: { children: ReactNode }) {
  const [connection, setConnection] = useState<Connection>({ state: "ok" });
  const [hasWaited, setWaited] = useState(false);
  const isLost = useRef(false);
  isLost.current = connection.state === "lost";

  const look = useCallback<Look>(async (madeAt) => {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const answer = await fetch(`/api/changes?since=${madeAt}`, { signal, cache: "no-store" }).catch(
      () => undefined,
    );
    setConnection((before) => nextConnection(before, answer?.status, Date.now()));
    if (answer?.ok !== true) return undefined;
    const body = (await answer.json().catch(() => undefined)) as { is_out_of_date: boolean } | undefined;
    return body?.is_out_of_date;
  }, []);

  useEffect(() => {
    const hold = (event: MouseEvent) => {
      if (!isLost.current || !(event.target instanceof Element)) return;
      if (event.target.closest("a[href]") === null) return;
      event.preventDefault();
      event.stopPropagation();
      setWaited(true);
    };
    document.addEventListener("click", hold, true);
    return () => document.removeEventListener("click", hold, true);
  }, []);

  // Whoever asks for the page on screen may be gone by the time the server is back.
  const isAway = connection.state === "lost";
  useEffect(() => {
    if (!isAway) return;
    let isAsking = false;
    const ask = async () => {
      if (isAsking || document.hidden) return;
      isAsking = true;
      await look(Date.now());
      isAsking = false;
    };
    const timer = setInterval(ask, ASK_AGAIN_MS);
    window.addEventListener("online", ask);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", ask);
    };
  }, [isAway, look]);

  const sentence = connectionSentence(connection, formatClock);
  return (
    <LookContext.Provider value={look}>
      {children}
      <div role="status" className={styles["banner"]} data-state={connection.state}>
        {sentence}
        {connection.state === "signed_out" && (
          <a
            href={`/sign-in?return=${encodeURIComponent(window.location.pathname + window.location.search)}`}
          >
            Sign in
          </a>
        )}
        {connection.state === "lost" && hasWaited && " Links work again then."}
      </div>
    </LookContext.Provider>
  );
}
