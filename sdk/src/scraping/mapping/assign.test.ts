import { describe, expect, it } from "vitest";
import { type AssignRule, assignSeries, type Placed } from "./assign.ts";
import type { QuantitySeries } from "./read-quantities.ts";

const series = (
  labels: Record<string, string>,
  source: QuantitySeries["source"] = "vllm",
): QuantitySeries => ({
  ...{ source, quantity: "requests_running", metric: "m", isGuess: false, labels, attributes: {} },
  ...{ value: 1, timestamp: undefined },
});
const PLACED: Placed = { name: "10.0.0.5:8000", labels: {}, meta: {} };
const rule = (when: Record<string, string>, given: Omit<AssignRule, "when">): AssignRule => ({
  when: new Map(Object.entries(when).map(([name, text]) => [name, new RegExp(`^(?:${text})$`, "u")])),
  ...given,
});

const template = (label: string) => ["$", `{${label}}`].join("");

describe("assignSeries", () => {
  it("takes the model that the engine names, and keeps the other labels as attributes", () => {
    expect(assignSeries(series({ model_name: "acme/chat", engine: "0" }), PLACED, [])).toEqual({
      ...{ model: "acme/chat", version: undefined, replica: "10.0.0.5:8000" },
      attributes: { source: "vllm", engine: "0" },
    });
    expect(assignSeries(series({ model: "resnet", version: "3" }, "triton"), PLACED, [])).toMatchObject({
      ...{ model: "resnet", version: "3", attributes: { source: "triton" } },
    });
  });

  it("takes what the target says of itself first, and then still tells two models of one endpoint apart", () => {
    const placed = { ...PLACED, model: "chat", version: "7", replica: "gpu-a", labels: { zone: "b" } };
    expect(assignSeries(series({ model_name: "acme/chat" }), placed, [])).toEqual({
      ...{ model: "chat", version: "7", replica: "gpu-a" },
      attributes: { source: "vllm", zone: "b", model_name: "acme/chat" },
    });
  });

  it("follows the first rule that matches whole labels, with templates", () => {
    const rules = [
      rule({ source: "vllm", model_name: "acme" }, { model: "never" }),
      rule(
        { model_name: "acme/.*", pod_label_rev: ".+" },
        { model: "chat", version: template("pod_label_rev"), replica: template("pod") },
      ),
      rule({}, { model: "rest" }),
    ];
    const placed = { ...PLACED, meta: { pod_label_rev: "9", pod: "chat-0" } };
    expect(assignSeries(series({ model_name: "acme/chat" }), placed, rules)).toMatchObject({
      ...{ model: "chat", version: "9", replica: "chat-0" },
    });
    expect(assignSeries(series({ model_name: "acme/chat" }), PLACED, rules).model).toBe("rest");
  });

  it("leaves a series nobody's that names no model, and a template of which a label is missing", () => {
    const gpu = series(
      { UUID: "GPU-1", Hostname: "host-a", modelName: "L40S", gpu: "0", container: "" },
      "dcgm",
    );
    expect(assignSeries(gpu, PLACED, [rule({}, { model: template("pod") })])).toEqual({
      ...{ model: undefined, version: undefined, replica: "host-a" },
      attributes: { source: "dcgm", gpu_uuid: "GPU-1", gpu_name: "L40S", gpu_index: "0" },
    });
  });

  it("sends no text that the server refuses", () => {
    const odd = { model_name: `a\nb\ud800${"x".repeat(300)}`, note: "tab\there", __proto__: "p" };
    const { model, attributes } = assignSeries(series(odd), PLACED, []);
    expect(model).toHaveLength(128);
    expect(model?.startsWith("a b ")).toBe(true);
    expect(attributes["note"]).toBe("tab here");
    expect(attributes["model_name"]).toHaveLength(256);
  });
});
