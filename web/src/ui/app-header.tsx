import styles from "./app-header.module.css";
import { Link } from "./link.tsx";
import { Logo } from "./logo.tsx";
import { MoreMenu } from "./more-menu.tsx";
import { NavLink } from "./nav-link.tsx";
import { SignOutButton } from "./sign-out-button.tsx";
import type { Theme } from "./theme.ts";
import { ThemeToggle } from "./theme-toggle.tsx";

/** AppHeader is the bar on top of every page behind sign-in. */
export function AppHeader(props: { email: string; openIncidents: number; theme: Theme }) {
  return (
    <header className={styles["header"]}>
      <a className={styles["skip"]} href="#main">
        Skip to the content
      </a>
      <div className={styles["inner"]}>
        <Link href="/" className={styles["brand"]} aria-label="Leeway, overview of models">
          <Logo />
          <span>Leeway</span>
        </Link>
        <nav className={styles["nav"]} aria-label="Main">
          <NavLink href="/" section="/">
            Models
          </NavLink>
          <NavLink href="/incidents" section="/incidents">
            Incidents
            {props.openIncidents > 0 && (
              <span className={styles["count"]}>
                {props.openIncidents}
                <span className="visually-hidden"> open</span>
              </span>
            )}
          </NavLink>
          <span className={styles["wide"]}>
            <NavLink href="/silences" section="/silences">
              Silences
            </NavLink>
          </span>
          <MoreMenu />
        </nav>
        <div className={styles["person"]}>
          <span className={styles["zone"]} title="All times on these pages are in Coordinated Universal Time">
            UTC
          </span>
          <span className={styles["email"]}>{props.email}</span>
          <ThemeToggle initial={props.theme} />
          <SignOutButton />
        </div>
      </div>
    </header>
  );
}
