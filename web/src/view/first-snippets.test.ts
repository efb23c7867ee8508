import { labelSchema, predictionSchema } from "@leeway/core/wire";
import { expect, it } from "vitest";
import { firstSnippets } from "./first-snippets.ts";

const NOW = "2026-01-31T12:00:00Z";
const codeOf = (id: string) =>
  firstSnippets("http://api:4700")
    .find((one) => one.id === id)
    ?.code.replaceAll(`'"$(date -u +%FT%TZ)"'`, NOW) ?? "";
const parts = (code: string, expression: RegExp) =>
  [...code.matchAll(expression)].map((match) => match[1] ?? "");

it("what curl sends is a prediction and its label as the API takes them", () => {
  const bodies = parts(codeOf("curl").replaceAll(/'\$\(date[^)]*\)'/g, NOW), /-d '([^']*)'/g).map((body) =>
    JSON.parse(body),
  );
  const [prediction, label] = [bodies[0].predictions[0], bodies[1].labels[0]];
  expect(predictionSchema.safeParse({ environment: "production", tags: {}, ...prediction }).success).toBe(
    true,
  );
  expect(labelSchema.safeParse(label).success).toBe(true);
  expect(label.prediction_id).toBe(prediction.id);
});

it("Python sends the same", () => {
  const [predictions, labels] = parts(codeOf("python"), /send\("\/v1\/\w+", (\{[\s\S]*?\})\)\n?/g).map(
    (body) =>
      JSON.parse(
        body
          .replaceAll(/\bnow\b/g, `"${NOW}"`)
          .replaceAll("True", "true")
          .replaceAll(/,(\s*[}\]])/g, "$1"),
      ),
  );
  expect(predictions.predictions[0]).toMatchObject({ model: "my-model", prediction: { score: 0.21 } });
  expect(labelSchema.safeParse(labels.labels[0]).success).toBe(true);
});

it.each(["curl", "typescript", "python", "otlp"])(
  "%s names the address of the API and the key's variable",
  (id) => {
    expect(codeOf(id)).toContain("http://api:4700");
    expect(codeOf(id)).toContain("LEEWAY_API_KEY");
  },
);
