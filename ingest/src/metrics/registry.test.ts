import { describe, expect, it } from "vitest";
import { createMetricsRegistry } from "./registry.ts";

describe("the metrics registry", () => {
  it("writes counters, gauges and histograms in Prometheus' text format", () => {
    const registry = createMetricsRegistry();
    registry.count("events_total", "Events", { kind: 'a"b\\c\n' }, 2);
    registry.count("events_total", "Events", { kind: 'a"b\\c\n' });
    registry.gauge("queue_bytes", "Bytes", () => 7);
    registry.observe("seconds", "Time", { route: "/x" }, 0.03);
    const text = registry.render();
    expect(text).toContain('events_total{kind="a\\"b\\\\c\\n"} 3\n');
    expect(text).toContain("# TYPE queue_bytes gauge\nqueue_bytes 7\n");
    expect(text).toContain('seconds_bucket{route="/x",le="0.025"} 0\n');
    expect(text).toContain('seconds_bucket{route="/x",le="0.05"} 1\n');
    expect(text).toContain(
      'seconds_bucket{route="/x",le="+Inf"} 1\nseconds_sum{route="/x"} 0.03\nseconds_count{route="/x"} 1\n',
    );
  });
});
