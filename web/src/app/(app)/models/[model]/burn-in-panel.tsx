"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import formStyles from "../../../../ui/form.module.css";
import { readProblem } from "../../../../ui/read-problem.ts";
import type { BurningMonitor } from "../../../../view/model-page.ts";
import styles from "./sections.module.css";

/** BurnInList names the monitors that only record yet, each with a button that has it notify people. */
export function BurnInList(props: { monitors: readonly BurningMonitor[]; canAct: boolean }) {
  const router = useRouter();
  const [busy, setBusy] = useState<string>();
  const [message, setMessage] = useState<string>();

  async function promote(id: string) {
    setBusy(id);
    setMessage(undefined);
    const answer = await fetch(`/api/monitors/${encodeURIComponent(id)}/promote`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    }).catch(() => undefined);
    setBusy(undefined);
    if (answer?.ok === true) router.refresh();
    else setMessage(await readProblem(answer));
  }

  return (
    <>
      <ul>
        {props.monitors.map(({ id, words }) => (
          <li key={id} className={styles["waiting"]}>
            {words}{" "}
            {props.canAct && (
              <button
                type="button"
                className={formStyles["button"]}
                disabled={busy !== undefined}
                onClick={() => void promote(id)}
                aria-label={`Notify people from monitor ${id}`}
              >
                Notify people
              </button>
            )}
          </li>
        ))}
      </ul>
      <p role="alert">{message}</p>
    </>
  );
}
