"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import formStyles from "../../../../ui/form.module.css";
import { readProblem } from "../../../../ui/read-problem.ts";
import styles from "./reference-form.module.css";

type Use = "reference" | "window" | "automatic";

/** ReferenceForm replaces the reference of a version: first it says what will be judged again, then a second press does it. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one form, whose fields share their state
export function ReferenceForm(props: {
  model: string;
  version: string;
  environment: string;
  choices: { id: string; name: string }[];
}) {
  const router = useRouter();
  const [use, setUse] = useState<Use>(props.choices.length > 0 ? "reference" : "window");
  const [referenceId, setReferenceId] = useState(props.choices[0]?.id ?? "");
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [effect, setEffect] = useState<string>();
  const [message, setMessage] = useState<string>();

  function change(apply: () => void) {
    apply();
    setEffect(undefined);
    setMessage(undefined);
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    const isDryRun = effect === undefined;
    setBusy(true);
    setMessage(undefined);
    const answer = await fetch(`/api/models/${encodeURIComponent(props.model)}/reference`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        version: props.version,
        environment: props.environment,
        wanted: wish(use, { referenceId, from, to }),
        dry_run: isDryRun,
      }),
    }).catch(() => undefined);
    setBusy(false);
    if (answer?.ok !== true) {
      setEffect(undefined);
      setMessage(await readProblem(answer));
    } else if (isDryRun) {
      setEffect(((await answer.json()) as { sentence: string }).sentence);
    } else {
      setEffect(undefined);
      setMessage("The reference was replaced. Its windows are judged again within a few minutes.");
      router.refresh();
    }
  }

  return (
    <details className={styles["change"]}>
      <summary>Use another reference</summary>
      <form className={styles["form"]} onSubmit={(event) => void submit(event)}>
        <fieldset className={styles["uses"]} disabled={isBusy}>
          <legend>Compare version {props.version} with</legend>
          <label>
            <input
              type="radio"
              name="use"
              checked={use === "reference"}
              disabled={props.choices.length === 0}
              onChange={() => change(() => setUse("reference"))}
            />
            another reference of this model
          </label>
          {use === "reference" && (
            <label>
              <span className="visually-hidden">Reference</span>
              <select
                value={referenceId}
                onChange={(event) => change(() => setReferenceId(event.target.value))}
              >
                {props.choices.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
          )}
          <label>
            <input
              type="radio"
              name="use"
              checked={use === "window"}
              onChange={() => change(() => setUse("window"))}
            />
            a window of its own traffic
          </label>
          {use === "window" && (
            <div className={styles["days"]}>
              <label>
                From (UTC)
                <input
                  type="date"
                  required
                  value={from}
                  onChange={(event) => change(() => setFrom(event.target.value))}
                />
              </label>
              <label>
                to the end of (UTC)
                <input
                  type="date"
                  required
                  value={to}
                  onChange={(event) => change(() => setTo(event.target.value))}
                />
              </label>
            </div>
          )}
          <label>
            <input
              type="radio"
              name="use"
              checked={use === "automatic"}
              onChange={() => change(() => setUse("automatic"))}
            />
            a new automatic reference, from where its traffic begins
          </label>
        </fieldset>
        <p className={styles["effect"]} role="status">
          {effect}
        </p>
        <p className={styles["message"]} role="alert">
          {message}
        </p>
        <button
          type="submit"
          className={formStyles["button"]}
          disabled={isBusy}
          data-confirms={effect !== undefined}
        >
          {effect === undefined ? "What would change?" : "Replace the reference"}
        </button>
      </form>
    </details>
  );
}

const DAY = 86_400_000;

function wish(use: Use, { referenceId, from, to }: { referenceId: string; from: string; to: string }) {
  switch (use) {
    case "reference":
      return { use, reference_id: referenceId };
    case "window":
      return { use, from: Date.parse(`${from}T00:00:00Z`), to: Date.parse(`${to}T00:00:00Z`) + DAY };
    case "automatic":
      return { use };
    default:
      return use satisfies never;
  }
}
