"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import formStyles from "../../../ui/form.module.css";
import { readProblem } from "../../../ui/read-problem.ts";
import styles from "./channels.module.css";

/** PressButton asks the server for one thing and says what came of it; with `question` it asks before, at the first press. */
export function PressButton(props: {
  words: string;
  /** What a screen reader says, where the words alone do not say of what. */
  label?: string;
  busyWords: string;
  question?: string;
  method: "POST" | "PUT" | "DELETE";
  address: string;
  body?: object;
  /** Where to go once it is done; absent: the page is read again. */
  then?: string;
}) {
  const router = useRouter();
  const [step, setStep] = useState<"ready" | "asks" | "busy">("ready");
  const [effect, setEffect] = useState<string>();
  const [message, setMessage] = useState<string>();

  async function press() {
    if (step === "ready" && props.question !== undefined) return setStep("asks");
    setStep("busy");
    setEffect(undefined);
    setMessage(undefined);
    const answer = await fetch(props.address, {
      method: props.method,
      headers: { "content-type": "application/json" },
      ...(props.method === "DELETE" ? {} : { body: JSON.stringify(props.body ?? {}) }),
    }).catch(() => undefined);
    setStep("ready");
    if (answer?.ok !== true) return setMessage(await readProblem(answer));
    if (answer.status === 200) setEffect(((await answer.json()) as { sentence: string }).sentence);
    if (props.then === undefined) router.refresh();
    else router.push(props.then);
  }

  return (
    <span className={styles["actions"]}>
      <button
        type="button"
        className={formStyles["button"]}
        disabled={step === "busy"}
        aria-label={step === "ready" ? props.label : undefined}
        data-confirms={step === "asks"}
        onClick={() => void press()}
        onBlur={() => step === "asks" && setStep("ready")}
      >
        {step === "asks" ? props.question : step === "busy" ? props.busyWords : props.words}
      </button>
      <span role="status" className={formStyles["effect"]}>
        {effect}
      </span>
      <span role="alert" className={formStyles["problem"]}>
        {message}
      </span>
    </span>
  );
}
