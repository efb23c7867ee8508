"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { readProblem } from "../../../../ui/read-problem.ts";
import styles from "./incident.module.css";
import { useNoteDraft } from "./note-draft.tsx";

/** NoteForm adds a note to an incident's activity. */
export function NoteForm({ incidentId }: { incidentId: string }) {
  const router = useRouter();
  const [text, setText] = useNoteDraft();
  const [isBusy, setBusy] = useState(false);
  const [message, setMessage] = useState<string>();

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setMessage(undefined);
    const answer = await fetch(`/api/incidents/${incidentId}/actions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ action: "note", text }),
    }).catch(() => undefined);
    setBusy(false);
    if (answer?.ok === true) {
      setText("");
      router.refresh();
    } else {
      setMessage(await readProblem(answer));
    }
  }

  return (
    <form className={styles["noteForm"]} onSubmit={submit}>
      <label htmlFor="note">Add a note</label>
      <textarea
        id="note"
        rows={2}
        maxLength={10_000}
        required
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder="What you found, what you tried"
      />
      <p className={styles["problem"]} role="alert">
        {message}
      </p>
      <button type="submit" className={styles["secondary"]} disabled={isBusy || text.trim() === ""}>
        Save the note
      </button>
    </form>
  );
}
