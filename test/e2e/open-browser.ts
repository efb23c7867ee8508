/// <reference lib="dom" />
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { patience } from "../machine/patience.ts";
import { ADMIN } from "./launch-web.ts";
import { cookiesOf, postSession } from "./sign-in-client.ts";
import type { StartedWeb } from "./start-web.ts";

/** openBrowser starts the installed Chromium without anything that would reach outside. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env["LEEWAY_CHROMIUM"] ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--no-first-run",
    ],
  });
}

/** Visit is a browser window with everything it complained of: console errors, uncaught errors, breaches of the content security policy. */
export interface Visit {
  context: BrowserContext;
  page: Page;
  complaints: string[];
}

/** visit opens a window of its own (no cookies) at a size and colour scheme. */
export async function visit(
  browser: Browser,
  options: { width?: number; colorScheme?: "light" | "dark" } = {},
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1440, height: 900 },
    colorScheme: options.colorScheme ?? "light",
  });
  context.setDefaultTimeout(patience(30_000));
  const complaints: string[] = [];
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning")
      complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
  return { context, page, complaints };
}

let session: Promise<string> | undefined;

/** haveSession gives the window the session of an administrator who signed in elsewhere; all windows of a file share it. */
export async function haveSession(page: Page, web: StartedWeb): Promise<void> {
  session ??= postSession(web.url).then(cookiesOf);
  const cookies = (await session).split("; ").map((cookie) => {
    const [name = "", ...value] = cookie.split("=");
    return { name, value: value.join("="), url: web.url, httpOnly: true, sameSite: "Lax" as const };
  });
  await page.context().addCookies(cookies);
}

/** signIn signs the window in as a person does, with a session of its own, and ends on the overview. */
export async function signIn(page: Page, web: StartedWeb): Promise<void> {
  await page.goto(`${web.url}/sign-in`);
  await page.getByLabel("E-mail").fill(ADMIN.email);
  await page.getByLabel("Password").fill(ADMIN.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${web.url}/`);
}
