import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { parseTheme, THEME_COOKIE } from "../ui/theme.ts";
import "@fontsource-variable/inter/index.css";
import "@fontsource-variable/jetbrains-mono/index.css";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Leeway", template: "%s · Leeway" },
  description: "How far each model has drifted, and how much room is left.",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f5f7f9" },
    { media: "(prefers-color-scheme: dark)", color: "#0a1118" },
  ],
};

/** RootLayout renders the document; the theme comes from a cookie, so that the first paint already has the right colours. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  // Reading the headers makes every page dynamic, the not-found page too: a prerendered one could not carry the nonce of its request.
  const [jar] = await Promise.all([cookies(), headers()]);
  const theme = parseTheme(jar.get(THEME_COOKIE)?.value);
  return (
    <html lang="en" {...(theme === "system" ? {} : { "data-theme": theme })}>
      <body>{children}</body>
    </html>
  );
}
