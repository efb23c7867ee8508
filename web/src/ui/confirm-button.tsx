"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import styles from "./form.module.css";
import { readProblem } from "./read-problem.ts";

/** ConfirmButton deletes what is at `path` after a second press, and says why where it could not. */
export function ConfirmButton(props: { path: string; words: string; asks: string; of: string }) {
  const router = useRouter();
  const [step, setStep] = useState<"ready" | "asks" | "busy">("ready");
  const [message, setMessage] = useState<string>();

  async function press() {
    if (step === "ready") return setStep("asks");
    setStep("busy");
    const answer = await fetch(props.path, { method: "DELETE" }).catch(() => undefined);
    setStep("ready");
    if (answer?.ok === true) router.refresh();
    else setMessage(await readProblem(answer));
  }

  return (
    <span>
      <span role="alert">{message}</span>
      <button
        type="button"
        className={styles["button"]}
        disabled={step === "busy"}
        onClick={() => void press()}
        onBlur={() => step === "asks" && setStep("ready")}
        aria-label={`${step === "asks" ? props.asks : props.words}: ${props.of}`}
      >
        {step === "asks" ? props.asks : props.words}
      </button>
    </span>
  );
}
