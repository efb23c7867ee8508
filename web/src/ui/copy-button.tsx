"use client";

import { useState } from "react";
import styles from "./form.module.css";

/** CopyButton copies a text and says that it did, or that the browser would not let it. */
export function CopyButton({ text, of }: { text: string; of: string }) {
  const [state, setState] = useState<"ready" | "copied" | "refused">("ready");

  async function copy() {
    // Without a secure address a browser has no clipboard.
    const isCopied = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    setState(isCopied === true ? "copied" : "refused");
  }

  return (
    <button
      type="button"
      className={styles["button"]}
      onClick={() => void copy()}
      aria-label={`Copy: ${of}`}
      onBlur={() => setState("ready")}
    >
      <span aria-live="polite">
        {state === "ready" ? "Copy" : state === "copied" ? "Copied" : "Select it and copy by hand"}
      </span>
    </button>
  );
}
