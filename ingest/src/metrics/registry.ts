/** Labels of one series, in the order they are written. */
export type Labels = Readonly<Record<string, string>>;

interface Series {
  name: string;
  labels: Labels;
  value: number;
}

interface Family {
  help: string;
  type: "counter" | "gauge" | "histogram";
  series: Map<string, Series>;
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
  const families = new Map<string, Family>();
  const gauges = new Map<string, { help: string; read: Parameters<MetricsRegistry["gauge"]>[2] }>();

  function familyOf(name: string, help: string, type: Family["type"]): Family {
    let family = families.get(name);
    if (family === undefined) {
      family = { help, type, series: new Map() };
      families.set(name, family);
    }
    return family;
  }

  function add(family: Family, name: string, labels: Labels, amount: number): void {
    const key = name + renderLabels(labels);
    const series = family.series.get(key);
    if (series === undefined) family.series.set(key, { name, labels, value: amount });
    else series.value += amount;
  }

  return {
    count(name, help, labels, amount = 1) {
      add(familyOf(name, help, "counter"), name, labels, amount);
    },
    gauge(name, help, read) {
      gauges.set(name, { help, read });
    },
    observe(name, help, labels, seconds) {
      const family = familyOf(name, help, "histogram");
      for (const bound of BUCKETS) {
        add(family, `${name}_bucket`, { ...labels, le: String(bound) }, seconds <= bound ? 1 : 0);
      }
      add(family, `${name}_bucket`, { ...labels, le: "+Inf" }, 1);
      add(family, `${name}_sum`, labels, seconds);
      add(family, `${name}_count`, labels, 1);
    },
    render() {
      const lines: string[] = [];
      for (const [name, family] of families) {
        lines.push(`# HELP ${name} ${family.help}`, `# TYPE ${name} ${family.type}`);
        for (const series of family.series.values()) {
          lines.push(`${series.name}${renderLabels(series.labels)} ${series.value}`);
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

function renderLabels(labels: Labels): string {
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${escapeValue(value)}"`);
  return parts.length === 0 ? "" : `{${parts.join(",")}}`;
}

function escapeValue(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"');
}
