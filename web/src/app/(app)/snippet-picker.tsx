"use client";

import { useState } from "react";
import { CopyButton } from "../../ui/copy-button.tsx";
import type { FirstSnippet } from "../../view/first-snippets.ts";
import styles from "./onboarding.module.css";

/** SnippetPicker shows the lines of one language, with a button that copies them. */
export function SnippetPicker({ snippets }: { snippets: FirstSnippet[] }) {
  const [id, setId] = useState(snippets[0]?.id);
  const shown = snippets.find((one) => one.id === id);
  return (
    <div className={styles["snippets"]}>
      <fieldset className={styles["choices"]}>
        <legend className="visually-hidden">How to send it</legend>
        {snippets.map((one) => (
          <label key={one.id} className={styles["choice"]}>
            <input
              type="radio"
              name="snippet"
              value={one.id}
              checked={one.id === id}
              onChange={() => setId(one.id)}
            />
            {one.name}
          </label>
        ))}
      </fieldset>
      {shown !== undefined && (
        <>
          <p>{shown.note}</p>
          <pre
            className={styles["code"]}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
            tabIndex={0}
          >
            <code>{shown.code}</code>
          </pre>
          <div>
            <CopyButton text={shown.code} of={`the lines for ${shown.name}`} key={shown.id} />
          </div>
        </>
      )}
    </div>
  );
}
