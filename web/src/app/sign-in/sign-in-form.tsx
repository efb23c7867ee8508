"use client";

import { type FormEvent, useRef, useState } from "react";
import { readProblem } from "../../ui/read-problem.ts";
import styles from "./sign-in.module.css";

/** SignInForm sends the credentials and then loads the page the person wanted. */
export function SignInForm({ returnPath }: { returnPath: string }) {
  const [message, setMessage] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const password = useRef<HTMLInputElement>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    setBusy(true);
    setMessage(undefined);
    const answer = await fetch("/api/session", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email: data.get("email"), password: data.get("password") }),
    }).catch(() => undefined);
    if (answer?.ok === true) {
      window.location.assign(returnPath);
      return;
    }
    setMessage(await readProblem(answer));
    setBusy(false);
    password.current?.select();
  }

  return (
    <form className={styles["form"]} onSubmit={submit} method="post" action="/api/session">
      <label className={styles["field"]}>
        <span>E-mail</span>
        <input
          name="email"
          type="email"
          autoComplete="username"
          spellCheck={false}
          required
          maxLength={320}
        />
      </label>
      <label className={styles["field"]}>
        <span>Password</span>
        <input
          ref={password}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          maxLength={128}
          {...(message === undefined ? {} : { "aria-describedby": "sign-in-problem", "aria-invalid": true })}
        />
      </label>
      <p className={styles["problem"]} id="sign-in-problem" role="alert">
        {message}
      </p>
      <button type="submit" className={styles["submit"]} disabled={isBusy}>
        {isBusy ? "Signing in…" : "Sign in"}
      </button>
    </form>
  );
}
