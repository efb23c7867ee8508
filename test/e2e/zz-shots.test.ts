import { test } from "vitest";
import { openBrowser, signIn, visit } from "./open-browser.ts";
import { startWeb } from "./start-web.ts";
test("shots", async () => {
  const [web, browser] = await Promise.all([startWeb(), openBrowser()]);
  for (const width of [1440, 390]) for (const colorScheme of ["light", "dark"] as const) {
    const { page, context } = await visit(browser, { width, colorScheme });
    await signIn(page, web);
    await page.goto(`${web.url}/silences`); await page.screenshot({ path: "/tmp/shots/first.png" });
    if (width === 1440 && colorScheme === "light") {
      await page.getByRole("combobox", { name: "Model" }).fill("flight-delays");
      await page.getByLabel("Why").fill("planned migration");
      await page.getByRole("button", { name: "What would be silenced?" }).click();
      await page.getByRole("button", { name: "Silence", exact: true }).click();
      await page.getByText("planned migration (").waitFor();
    }
    await page.getByLabel("only at some hours of the week").check();
    await page.getByLabel("Why").fill("nightly loads");
    await page.getByRole("button", { name: "What would be silenced?" }).click();
    await page.waitForTimeout(800);
    for (const path of ["silences", "incidents", ""]) {
      if (path !== "silences") await page.goto(`${web.url}/${path}`);
      await page.screenshot({ path: `/tmp/shots/${path || "overview"}-${width}-${colorScheme}.png`, fullPage: true });
    }
    await context.close();
  }
  await browser.close(); await web.stop();
}, 400_000);
