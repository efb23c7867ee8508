import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { countOpenIncidents } from "../../server/incidents.ts";
import { currentPrincipal } from "../../server/principal.ts";
import { AppHeader } from "../../ui/app-header.tsx";
import { ConnectionWatch } from "../../ui/connection-watch.tsx";
import { parseTheme, THEME_COOKIE } from "../../ui/theme.ts";
import styles from "./layout.module.css";

/** AppLayout frames every page behind sign-in. It protects nothing: each page and query asks for the principal itself. */
export default async function AppLayout({ children }: { children: ReactNode }) {
  const principal = await currentPrincipal();
  if (principal === undefined) return children;
  const [jar, openIncidents] = await Promise.all([cookies(), countOpenIncidents(principal)]);
  return (
    <ConnectionWatch>
      <AppHeader
        email={principal.email}
        openIncidents={openIncidents}
        theme={parseTheme(jar.get(THEME_COOKIE)?.value)}
      />
      <main id="main" className={styles["main"]}>
        {children}
      </main>
    </ConnectionWatch>
  );
}
