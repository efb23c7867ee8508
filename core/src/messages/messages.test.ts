import { expect, test } from "vitest";
import { drawBars } from "./draw-bars.ts";
import { escapeHtml, escapeSlack, truncate } from "./escape-text.ts";

test("bars keep both sides on one scale and show empty bins", () => {
  const bars = drawBars({ labels: ["a", "b"], reference: [0.5, 0.5], window: [1, 0] });
  expect(bars).toEqual({ reference: "▄▄", window: "█·", labels: ["a", "b"] });
});

test("at most sixteen bins are drawn, the largest, in their order", () => {
  const labels = Array.from({ length: 40 }, (_, i) => String(i));
  const shares = labels.map((_, i) => i / 780);
  const bars = drawBars({ labels, reference: shares, window: shares });
  expect(bars.labels).toEqual(labels.slice(24));
});

test("escapes and cuts keep text whole", () => {
  expect(escapeSlack("a<b>&c")).toBe("a&lt;b&gt;&amp;c");
  expect(escapeHtml(`"'`)).toBe("&quot;&#39;");
  expect(truncate("abc😀", 4)).toBe("abc…");
  expect(truncate("abc", 3)).toBe("abc");
});
