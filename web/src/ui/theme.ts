/** Theme is the colour scheme a person chose; `system` follows the device. */
export type Theme = "light" | "dark" | "system";

export const THEME_COOKIE = "leeway_theme";

/** parseTheme returns the theme a cookie names, `system` for anything else. */
export function parseTheme(value: string | undefined): Theme {
  return value === "light" || value === "dark" ? value : "system";
}

/** nextTheme returns the theme that the toggle goes to: system, light, dark, and round again. */
export function nextTheme(theme: Theme): Theme {
  switch (theme) {
    case "system":
      return "light";
    case "light":
      return "dark";
    case "dark":
      return "system";
    default:
      return theme satisfies never;
  }
}
