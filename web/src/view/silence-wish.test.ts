import { silenceInputSchema } from "@leeway/core/silences";
import { expect, it } from "vitest";
import { silenceWish } from "./silence-wish.ts";

const fields = {
  model: " fraud ",
  cause: "",
  severity: "page",
  feature: "",
  owner: "",
  hours: "4",
  comment: "work ",
};

it("asks for what was filled in, until so many hours from now", () => {
  const wish = silenceWish({ ...fields, days: [] }, 1_700_000_000_000);
  expect(wish).toEqual({ model: "fraud", severity: "page", ends_at: 1_700_014_400_000, comment: "work" });
  expect(silenceInputSchema.safeParse(wish).success).toBe(true);
});

it("asks for the hours of the week where there are some", () => {
  const wish = silenceWish(
    { ...fields, days: ["mon"], from: "22:00", to: "06:00", time_zone: "UTC" },
    1_700_000_000_000,
  );
  expect(wish["recurs"]).toEqual({ days: ["mon"], from: "22:00", to: "06:00", time_zone: "UTC" });
  expect(silenceInputSchema.safeParse(wish).success).toBe(true);
});
