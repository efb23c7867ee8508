"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import formStyles from "../../../ui/form.module.css";
import { readProblem } from "../../../ui/read-problem.ts";
import styles from "./silences.module.css";

/** EndSilenceButton ends a silence now, after a second press. */
export function EndSilenceButton({ id, what }: { id: string; what: string }) {
  const router = useRouter();
  const [step, setStep] = useState<"ready" | "asks" | "busy">("ready");
  const [message, setMessage] = useState<string>();

  async function press() {
    if (step === "ready") return setStep("asks");
    setStep("busy");
    const answer = await fetch(`/api/silences/${encodeURIComponent(id)}`, { method: "DELETE" }).catch(
      () => undefined,
    );
    setStep("ready");
    if (answer?.ok === true) router.refresh();
    else setMessage(await readProblem(answer));
  }

  return (
    <span className={styles["end"]}>
      <span role="alert" className={formStyles["problem"]}>
        {message}
      </span>
      <button
        type="button"
        className={formStyles["button"]}
        disabled={step === "busy"}
        onClick={() => void press()}
        onBlur={() => step === "asks" && setStep("ready")}
        aria-label={`${step === "asks" ? "Really end" : "End"} the silence: ${what}`}
      >
        {step === "asks" ? "Really end it?" : "End now"}
      </button>
    </span>
  );
}
