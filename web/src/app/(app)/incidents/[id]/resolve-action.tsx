"use client";

import { useState } from "react";
import styles from "./incident.module.css";
import { useNoteDraft } from "./note-draft.tsx";
import type { IncidentRequest } from "./use-incident-action.ts";

/** ResolveAction closes an incident after a question, and takes along what was done: the note that is being written, if there is one. */
export function ResolveAction(props: {
  isOff: boolean;
  act: (request: IncidentRequest) => Promise<boolean>;
}) {
  const [isAsking, setAsking] = useState(false);
  const [text, setText] = useNoteDraft();
  if (!isAsking) {
    return (
      <div className={styles["action"]}>
        <button
          type="button"
          className={styles["secondary"]}
          disabled={props.isOff}
          onClick={() => setAsking(true)}
          aria-describedby="resolve-hint"
        >
          Resolve…
        </button>
        <p id="resolve-hint">Closes it now. If its checks keep failing, it comes back.</p>
      </div>
    );
  }
  const resolve = async () => {
    const isDone = await props.act({ action: "resolve", ...(text === "" ? {} : { text }) });
    setAsking(false);
    if (isDone) setText("");
  };
  return (
    <fieldset className={styles["question"]}>
      <legend>Resolve this incident?</legend>
      <label htmlFor="resolution">What was done? It goes to every channel.</label>
      <textarea
        id="resolution"
        rows={2}
        maxLength={10_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className={styles["choices"]}>
        <button
          type="button"
          className={styles["primary"]}
          disabled={props.isOff}
          onClick={() => void resolve()}
        >
          Resolve it
        </button>
        <button type="button" className={styles["secondary"]} onClick={() => setAsking(false)}>
          Keep it open
        </button>
      </div>
    </fieldset>
  );
}
