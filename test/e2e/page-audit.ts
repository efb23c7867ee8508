/// <reference lib="dom" />
import type { Page } from "playwright-core";

/** auditPage returns what is wrong with a page for people who hear it, zoom it or see colours differently: an empty list is good. */
export function auditPage(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const problems: string[] = [];
    const all = <T extends Element>(selector: string) => [...document.querySelectorAll<T>(selector)];
    const isShown = (element: Element) => element.getClientRects().length > 0;
    const outline = (element: Element) => element.outerHTML.slice(0, 120);

    if (document.documentElement.lang === "") problems.push("the document has no language");
    if (document.title === "") problems.push("the document has no title");
    const headings = all<HTMLElement>("h1,h2,h3,h4,h5,h6").filter(isShown);
    if (headings.filter(({ tagName }) => tagName === "H1").length !== 1) problems.push("not exactly one h1");
    headings.reduce((level, heading) => {
      const next = Number(heading.tagName[1]);
      if (next > level + 1) problems.push(`heading skips from h${level}: ${outline(heading)}`);
      return next;
    }, 0);
    if (all("main").length !== 1) problems.push("not exactly one main");

    const ids = all("[id]").map(({ id }) => id);
    const repeated = ids.filter((id, i) => ids.indexOf(id) !== i);
    if (repeated.length > 0) problems.push(`repeated ids: ${[...new Set(repeated)].join(", ")}`);

    for (const element of all<HTMLElement>("a[href],button,[role=img],[role=group]").filter(isShown)) {
      const name = element.getAttribute("aria-label") ?? element.textContent ?? "";
      if (name.trim() === "") problems.push(`no name: ${outline(element)}`);
    }
    for (const field of all<HTMLInputElement>("input:not([type=hidden]),textarea,select")) {
      if ((field.labels?.length ?? 0) === 0) problems.push(`no label: ${outline(field)}`);
    }
    // Rows that come late travel in a hidden table without a name.
    for (const table of all<HTMLTableElement>("table").filter(isShown)) {
      if (table.caption === null) problems.push(`table without caption: ${outline(table)}`);
      if (table.querySelector("th") === null) problems.push(`table without headers: ${outline(table)}`);
    }
    for (const target of all<HTMLElement>("button").filter(isShown)) {
      const box = target.getBoundingClientRect();
      if (box.width < 24 || box.height < 24) problems.push(`target below 24 px: ${outline(target)}`);
    }
    const overflow = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (overflow > 0) problems.push(`the page is ${overflow} px wider than the window`);

    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;
    const pixel = (colors: string[]) => {
      canvas.clearRect(0, 0, 1, 1);
      for (const color of colors) {
        canvas.fillStyle = color;
        canvas.fillRect(0, 0, 1, 1);
      }
      return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)];
    };
    const luminance = (rgb: number[]) =>
      rgb
        .map((value) => value / 255)
        .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
        .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i]!, 0);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      if (element === null || !isShown(element) || (node.textContent ?? "").trim() === "") continue;
      if (element.closest("svg,[aria-hidden=true],button:disabled,.visually-hidden") !== null) continue;
      const grounds: string[] = [];
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        grounds.unshift(getComputedStyle(at).backgroundColor);
      }
      const style = getComputedStyle(element);
      const ground = luminance(pixel(["white", ...grounds]));
      const ink = luminance(pixel(["white", ...grounds, style.color]));
      const ratio = (Math.max(ground, ink) + 0.05) / (Math.min(ground, ink) + 0.05);
      const size = Number.parseFloat(style.fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      if (ratio < (isLarge ? 3 : 4.5)) problems.push(`contrast ${ratio.toFixed(2)}: ${outline(element)}`);
    }
    return problems;
  });
}
