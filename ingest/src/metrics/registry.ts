/** Labels of one series, in the order they are written. */
export type Labels = Readonly<Record<string, string>>;

interface Counter {
  help: string;
  /** By their labels as they are written. */
  series: Map<string, number>;
}

interface Histogram {
  help: string;
  series: Map<string, { labels: Labels; counts: number[]; sum: number }>;
}

/** MetricsRegistry holds the service's own metrics and writes them in Prometheus' text format. */
export interface MetricsRegistry {
  /** Adds to a counter. */
  count(name: string, help: string, labels: Labels, amount?: number): void;
  /** Registers a gauge that is read when metrics are asked for. */
  gauge(name: string, help: string, read: () => number | readonly { labels: Labels; value: number }[]): void;
  /** Adds an observation, in seconds, to a histogram. */
  observe(name: string, help: string, labels: Labels, seconds: number): void;
  render(): string;
}

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** createMetricsRegistry returns an empty registry. */
export function createMetricsRegistry(): MetricsRegistry {
  const counters = new Map<string, Counter>();
  const histograms = new Map<string, Histogram>();
  const gauges = new Map<string, { help: string; read: Parameters<MetricsRegistry["gauge"]>[2] }>();

  return {
    count(name, help, labels, amount = 1) {
      const counter = entryOf(counters, name, () => ({ help, series: new Map() }));
      const key = renderLabels(labels);
      counter.series.set(key, (counter.series.get(key) ?? 0) + amount);
    },
    gauge(name, help, read) {
      gauges.set(name, { help, read });
    },
    observe(name, help, labels, seconds) {
      const { series } = entryOf(histograms, name, () => ({ help, series: new Map() }));
      const one = entryOf(series, renderLabels(labels), () => ({
        labels,
        counts: new Array<number>(BUCKETS.length + 1).fill(0),
        sum: 0,
      }));
      const bucket = BUCKETS.findIndex((bound) => seconds <= bound);
      const at = bucket === -1 ? BUCKETS.length : bucket;
      one.counts[at] = (one.counts[at] ?? 0) + 1;
      one.sum += seconds;
    },
    render() {
      const lines: string[] = [];
      for (const [name, { help, series }] of counters) {
        lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} counter`);
        for (const [labels, value] of series) lines.push(`${name}${labels} ${value}`);
      }
      for (const [name, { help, series }] of histograms) {
        lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} histogram`);
        for (const { labels, counts, sum } of series.values()) {
          let total = 0;
          for (const [at, count] of counts.entries()) {
            total += count;
            const le = at === BUCKETS.length ? "+Inf" : String(BUCKETS[at]);
            lines.push(`${name}_bucket${renderLabels({ ...labels, le })} ${total}`);
          }
          lines.push(
            `${name}_sum${renderLabels(labels)} ${sum}`,
            `${name}_count${renderLabels(labels)} ${total}`,
          );
        }
      }
      for (const [name, { help, read }] of gauges) {
        lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} gauge`);
        const value = read();
        const points = typeof value === "number" ? [{ labels: {}, value }] : value;
        for (const point of points) lines.push(`${name}${renderLabels(point.labels)} ${point.value}`);
      }
      return `${lines.join("\n")}\n`;
    },
  };
}

function entryOf<Entry>(entries: Map<string, Entry>, key: string, create: () => Entry): Entry {
  let entry = entries.get(key);
  if (entry === undefined) {
    entry = create();
    entries.set(key, entry);
  }
  return entry;
}

function renderLabels(labels: Labels): string {
  let parts = "";
  for (const name in labels)
    parts += `${parts === "" ? "" : ","}${name}="${escapeValue(labels[name] ?? "")}"`;
  return parts === "" ? "" : `{${parts}}`;
}

function escapeValue(value: string): string {
  // Hardly a value needs it, and every request renders several.
  if (!/[\\\n"]/.test(value)) return value;
  return value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"');
}
