"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useState } from "react";
import styles from "./app-header.module.css";
import { nextTheme, THEME_COOKIE, type Theme } from "./theme.ts";

const ICONS = { system: Monitor, light: Sun, dark: Moon } as const;
const NAMES = { system: "as the device", light: "light", dark: "dark" } as const;

/** ThemeToggle switches the colours between the device's, light and dark, and remembers the choice for a year. */
export function ThemeToggle({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial);
  const next = nextTheme(theme);
  const Icon = ICONS[theme];

  function switchTheme() {
    setTheme(next);
    if (next === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = next;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in two of three browser engines.
    document.cookie = `${THEME_COOKIE}=${next}; path=/; max-age=31536000; samesite=lax`;
  }

  return (
    <button
      type="button"
      className={styles["iconButton"]}
      onClick={switchTheme}
      aria-label={`Colours: ${NAMES[theme]}. Switch to ${NAMES[next]}`}
      title={`Colours: ${NAMES[theme]}`}
    >
      <Icon size={18} aria-hidden="true" />
    </button>
  );
}
