"use client";

import { LogOut } from "lucide-react";
import { useState } from "react";
import styles from "./app-header.module.css";

/** SignOutButton ends the session on the server, then loads the sign-in page afresh so that nothing of the session stays in memory. */
export function SignOutButton() {
  const [isBusy, setBusy] = useState(false);

  async function signOut() {
    setBusy(true);
    const answer = await fetch("/api/session", { method: "DELETE" }).catch(() => undefined);
    if (answer?.ok === true) window.location.assign("/sign-in");
    else setBusy(false);
  }

  return (
    <button
      type="button"
      className={styles["iconButton"]}
      onClick={signOut}
      disabled={isBusy}
      aria-label="Sign out"
      title="Sign out"
    >
      <LogOut size={18} aria-hidden="true" />
    </button>
  );
}
