import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { safeReturnPath } from "../../auth/return-path.ts";
import { currentPrincipal } from "../../server/principal.ts";
import { Logo } from "../../ui/logo.tsx";
import styles from "./sign-in.module.css";
import { SignInForm } from "./sign-in-form.tsx";

export const metadata: Metadata = { title: "Sign in" };

/** SignInPage asks for e-mail and password; who is signed in already goes straight on. */
export default async function SignInPage(props: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { return: asked } = await props.searchParams;
  const returnPath = safeReturnPath(typeof asked === "string" ? asked : undefined);
  const principal = await currentPrincipal();
  if (principal !== undefined) redirect(returnPath);
  return (
    <main className={styles["page"]} id="main">
      <div className={styles["card"]}>
        <div className={styles["brand"]}>
          <Logo size={36} />
          <h1>Sign in to Leeway</h1>
          <p>How far each model has drifted, and how much room is left.</p>
        </div>
        <SignInForm returnPath={returnPath} />
      </div>
    </main>
  );
}
