"use client";

import type { RetrainingAction } from "@leeway/core/retraining";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { readProblem } from "../../../../ui/read-problem.ts";
import styles from "./incident.module.css";

const WORDS = {
  approve: { name: "Approve", asks: "Really start the job?" },
  promote: { name: "Promote", asks: "Really promote it? The old version is archived." },
  archive: { name: "Archive", asks: "Really archive the new version?" },
} as const;

/** RetrainingActions are what may be done about a retraining; each is done at the second press. */
export function RetrainingActions({ id, allowed }: { id: string; allowed: readonly RetrainingAction[] }) {
  const router = useRouter();
  const [asked, setAsked] = useState<RetrainingAction>();
  const [isBusy, setBusy] = useState(false);
  const [message, setMessage] = useState<string>();

  async function press(action: RetrainingAction) {
    setMessage(undefined);
    if (asked !== action) return setAsked(action);
    setBusy(true);
    const answer = await fetch(`/api/retrainings/${encodeURIComponent(id)}/actions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ action }),
    }).catch(() => undefined);
    setBusy(false);
    setAsked(undefined);
    if (answer?.ok === true) router.refresh();
    else setMessage(await readProblem(answer));
  }

  return (
    <div className={styles["retrainingActions"]}>
      {allowed.map((action) => (
        <button
          key={action}
          type="button"
          className={styles[asked === action ? "primary" : "secondary"]}
          disabled={isBusy}
          onClick={() => void press(action)}
        >
          {asked === action ? WORDS[action].asks : WORDS[action].name}
        </button>
      ))}
      <p className={styles["problem"]} role="alert">
        {message}
      </p>
    </div>
  );
}
