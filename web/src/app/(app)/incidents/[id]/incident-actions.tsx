"use client";

import type { IncidentAction } from "@leeway/core/records";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { readProblem } from "../../../../ui/read-problem.ts";
import styles from "./incident.module.css";

/** IncidentActions are the two things to do to an incident; each says what it will do before it is done. */
export function IncidentActions(props: {
  incidentId: string;
  allowed: readonly IncidentAction["action"][];
  acknowledgedBy: string | undefined;
  canAct: boolean;
}) {
  const router = useRouter();
  const [isRefreshing, startTransition] = useTransition();
  const [isSending, setSending] = useState(false);
  const [message, setMessage] = useState<string>();
  const isBusy = isSending || isRefreshing;

  async function act(action: "acknowledge" | "resolve") {
    setSending(true);
    setMessage(undefined);
    const answer = await fetch(`/api/incidents/${props.incidentId}/actions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ action }),
    }).catch(() => undefined);
    setSending(false);
    if (answer?.ok === true) startTransition(() => router.refresh());
    else setMessage(await readProblem(answer));
  }

  const mayAcknowledge = props.allowed.includes("acknowledge");
  const mayResolve = props.allowed.includes("resolve");
  if (!mayAcknowledge && !mayResolve) return null;
  return (
    <div className={styles["actions"]}>
      {mayAcknowledge && (
        <div className={styles["action"]}>
          <button
            type="button"
            className={styles["primary"]}
            disabled={isBusy || !props.canAct}
            onClick={() => void act("acknowledge")}
            aria-describedby="acknowledge-hint"
          >
            Acknowledge
          </button>
          <p id="acknowledge-hint">You take it on; no more reminders are sent while it goes on.</p>
        </div>
      )}
      {props.acknowledgedBy !== undefined && (
        <p className={styles["taken"]}>Taken by {props.acknowledgedBy}.</p>
      )}
      <div className={styles["action"]}>
        <button
          type="button"
          className={styles["secondary"]}
          disabled={isBusy || !props.canAct}
          onClick={() => void act("resolve")}
          aria-describedby="resolve-hint"
        >
          Resolve
        </button>
        <p id="resolve-hint">Closes it now. If its checks keep failing, it comes back.</p>
      </div>
      {!props.canAct && (
        <p className={styles["taken"]}>Your role may look at incidents but not change them.</p>
      )}
      <p className={styles["problem"]} role="alert">
        {message}
      </p>
    </div>
  );
}
