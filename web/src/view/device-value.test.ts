import { expect, test } from "vitest";
import { deviceMetricName, formatDeviceValue } from "./device-value.ts";

test.each([
  [0.42, "ratio", "42.0\u00a0%"],
  [25_769_803_776, "bytes", "24.0 GiB"],
  [71, "celsius", "71 °C"],
  [1.41e9, "hertz", "1.41 GHz"],
  [3, "tokens", "3.000 tokens"],
])("%d %s reads %s", (value, unit, text) => {
  expect(formatDeviceValue(value, unit)).toBe(text);
});

test("an unknown metric keeps its own name", () => {
  expect(deviceMetricName("gpu_utilization")).toBe("GPU utilisation");
  expect(deviceMetricName("vllm:num_requests_running")).toBe("vllm:num_requests_running");
});
