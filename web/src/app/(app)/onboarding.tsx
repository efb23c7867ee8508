import type { FirstSteps } from "../../server/load-first-steps.ts";
import { Age } from "../../ui/age.tsx";
import { KeyForm } from "../../ui/key-form.tsx";
import { firstSnippets } from "../../view/first-snippets.ts";
import { formatCount } from "../../view/number-words.ts";
import styles from "./onboarding.module.css";
import { SnippetPicker } from "./snippet-picker.tsx";

/** Onboarding leads to a first prediction: a key, the lines that send one, and, while it waits, what was refused of what came. */
export function Onboarding(props: { ingestUrl: string; steps: FirstSteps; now: number }) {
  const { steps, now } = props;
  return (
    <ol className={styles["steps"]}>
      <li>
        <h2>Have a key that may send events</h2>
        <p>
          Your service reads it from <code>LEEWAY_API_KEY</code>. The key that was printed when Leeway was
          started for the first time will do as well.
        </p>
        {steps.mayMakeKeys ? (
          <KeyForm name="first service" onlyIngest />
        ) : (
          <p>Your role may not make keys: ask an administrator for one.</p>
        )}
      </li>
      <li>
        <h2>Send a prediction</h2>
        <SnippetPicker snippets={firstSnippets(props.ingestUrl)} />
      </li>
      <li>
        <h2>See it arrive</h2>
        {steps.refused.length === 0 ? (
          <p>
            Nothing came yet. This page looks every few seconds, and shows here what was refused, and why.
          </p>
        ) : (
          <>
            <p>Something came and was refused. Mend it where it is sent; this page goes on looking.</p>
            <ul className={styles["refused"]}>
              {steps.refused.map(({ model, kind, reason, events, lastAt, example }) => (
                <li key={`${model} ${kind} ${reason}`}>
                  <strong>
                    {kind}
                    {model === "" ? "" : ` of ${model}`}
                  </strong>
                  , {reason}: {example} ({events === 1 ? "once" : `${formatCount(events)} times`}, newest{" "}
                  <Age time={lastAt} now={now} />)
                </li>
              ))}
            </ul>
          </>
        )}
      </li>
    </ol>
  );
}
