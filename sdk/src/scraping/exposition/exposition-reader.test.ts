import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createExpositionReader, readExposition } from "./exposition-reader.ts";
import { parseLine } from "./parse-line.ts";

const seriesOf = (text: string, metric: string, options = {}) =>
  readExposition(text, options).families.get(metric)?.series;

describe("parseLine", () => {
  it.each([
    ["up 1", { name: "up", labels: {}, value: 1 }],
    ["up 1.755e+09 1700000000000", { name: "up", labels: {}, value: 1.755e9, timestamp: 1_700_000_000_000 }],
    ['x{a="1",} -Inf', { name: "x", labels: { a: "1" }, value: Number.NEGATIVE_INFINITY }],
    [
      'x{ a = "1" , b="2" }\t+Inf',
      { name: "x", labels: { a: "1", b: "2" }, value: Number.POSITIVE_INFINITY },
    ],
    ["x{} NaN", { name: "x", labels: {}, value: Number.NaN }],
    ['x{p="C:\\\\d\\"q\\"\\n\\t"} 2', { name: "x", labels: { p: 'C:\\d"q"\n\\t' }, value: 2 }],
    ['{"my.metric",le="5"} 3', { name: "my.metric", labels: { le: "5" }, value: 3 }],
    ['x{"a.b"="}{ # "} 3', { name: "x", labels: { "a.b": "}{ # " }, value: 3 }],
    [
      'x_bucket{le="1"} 5 # {trace_id="a b"} 0.67 1520879607.789',
      { name: "x_bucket", labels: { le: "1" }, value: 5 },
    ],
    [
      'x_total 17.0 1520879607.789 st@1520430000.123 # {t="1"} 1',
      { name: "x_total", labels: {}, value: 17, timestamp: 1_520_879_607.789 },
    ],
  ])("reads %s", (line, sample) => {
    expect(parseLine(line)).toEqual({ ...sample, labels: expect.objectContaining(sample.labels) });
    expect(Object.keys(parseLine(line)?.labels ?? {})).toEqual(Object.keys(sample.labels));
  });

  it.each([
    "",
    "up",
    "up one",
    "1up 1",
    'x{a="1} 2',
    "x{a=1} 2",
    'x{a="1"',
    "x{a} 1",
    "<html>",
    "x 1 2 3",
    "x 0x10",
    "x {count:1",
    'x{"y"} 1',
  ])("refuses %j", (line) => expect(parseLine(line)).toBeUndefined());
});

describe("createExpositionReader", () => {
  it("puts a histogram together, whatever the order of its lines, and one whose name ends in _total", () => {
    const text = `# TYPE a:iteration_tokens_total histogram
a:iteration_tokens_total_sum{m="x"} 48.5
a:iteration_tokens_total_bucket{le="+Inf",m="x"} 3
a:iteration_tokens_total_bucket{m="x",le="1.0"} 1
a:iteration_tokens_total_count{m="x"} 3
a:iteration_tokens_total_created{m="x"} 1.7e9`;
    const [series, ...others] = seriesOf(text, "a:iteration_tokens_total") ?? [];
    expect(others).toEqual([]);
    expect({ ...series, labels: { ...series?.labels } }).toEqual({
      labels: { m: "x" },
      buckets: [
        [Number.POSITIVE_INFINITY, 3],
        [1, 1],
      ],
      sum: 48.5,
      count: 3,
    });
    expect([...readExposition(text).present.keys()]).toEqual(["a:iteration_tokens_total"]);
  });

  it("knows a histogram that was never declared by its bounds", () => {
    const exposition = readExposition('h_bucket{le="1"} 1\nh_bucket{le="+Inf"} 2\nh_sum 3\nh_count 2\n');
    expect(exposition.present).toEqual(new Map([["h", "histogram"]]));
    expect(exposition.families.get("h")?.series).toMatchObject([{ sum: 3, count: 2 }]);
  });

  it("reads OpenMetrics: counters without _total, seconds, the end", () => {
    const text = `# TYPE req counter
# UNIT req requests
# HELP req with \\"quotes\\"
req_total{a="b"} 4.0 1700000000.5 # {id="1"} 1 1700000000.1
req_created{a="b"} 1.6e9
# TYPE state stateset
state{state="up"} 1
# EOF
late 1`;
    const exposition = readExposition(text, { isOpenMetrics: true });
    expect(exposition.present).toEqual(
      new Map([
        ["req_total", "counter"],
        ["state", "gauge"],
      ]),
    );
    expect(exposition.families.get("req_total")?.series[0]).toMatchObject({
      value: 4,
      timestamp: 1_700_000_000_500,
    });
  });

  it("reads a summary with its quantiles", () => {
    const text = '# TYPE s summary\ns{quantile="0.5"} 4\ns{quantile="0.99"} Nan\ns_sum 9\ns_count 2\n';
    expect(seriesOf(text, "s")).toMatchObject([
      {
        quantiles: [
          [0.5, 4],
          [0.99, Number.NaN],
        ],
        sum: 9,
        count: 2,
      },
    ]);
  });

  it("reads native histograms and composite values as cumulative buckets", () => {
    const text = `# TYPE n histogram
n {count:17,sum:3.5,schema:0,zero_threshold:1e-4,zero_count:2,negative_spans:[0:1],negative_buckets:[1],positive_spans:[0:2,1:1],positive_buckets:[5,4,5]} 17
n{c="1"} {count:3,sum:2,bucket:[0.5:1,+Inf:3]}
# TYPE q summary
q {count:2,sum:3,quantile:[0.5:1.5]}
`;
    const exposition = readExposition(text, { isOpenMetrics: true });
    expect(exposition.malformed).toBe(0);
    const [native, classic] = exposition.families.get("n")?.series ?? [];
    expect(native).toMatchObject({ count: 17, sum: 3.5 });
    // Below -0.5 none; one in [-1, -0.5); two about zero; five up to 1, four up to 2; none up to 4, five up to 8.
    expect(native?.buckets).toEqual([
      [-0.5, 1],
      [1e-4, 3],
      [0.5, 3],
      [1, 8],
      [2, 12],
      [4, 12],
      [8, 17],
      [Number.POSITIVE_INFINITY, 17],
    ]);
    expect(classic?.buckets).toEqual([
      [0.5, 1],
      [Number.POSITIVE_INFINITY, 3],
    ]);
    expect(exposition.families.get("q")?.series).toMatchObject([{ quantiles: [[0.5, 1.5]] }]);
  });

  it("keeps only what is wanted, names the rest, and counts what it leaves out", () => {
    const text = 'a 1\nb 2\n# TYPE c gauge\n# TYPE d gauge\nd{x="1"} 1\nd{x="2"} 1\nd{x="3"} 1\n';
    const exposition = readExposition(text, { wants: (metric) => metric !== "b", maxSeries: 3 });
    expect([...exposition.families.keys()]).toEqual(["a", "d"]);
    expect([...exposition.present.keys()]).toEqual(["a", "b", "d"]);
    expect([...exposition.declared]).toEqual(["c"]);
    expect(exposition.left).toBe(1);
  });

  it("says soon that a page of HTML or one endless line is no exposition", () => {
    const html = createExpositionReader();
    html.push("<!doctype html>\n".repeat(30));
    expect(html.looksWrong()).toBe(true);
    const endless = createExpositionReader({ maxLineLength: 1_000 });
    for (let piece = 0; piece < 5; piece++) endless.push("x".repeat(900));
    expect(endless.looksWrong()).toBe(true);
    const good = createExpositionReader();
    good.push(`${"a 1\n".repeat(100)}${"bad\n".repeat(25)}`);
    expect(good.looksWrong()).toBe(false);
  });
});

const labelValue = fc.string({ unit: "grapheme", maxLength: 12 }).filter((text) => !text.includes("\r"));
const labels = fc.dictionary(
  fc.stringMatching(/^[a-z_]{1,8}$/).filter((name) => name !== "le"),
  labelValue,
  { maxKeys: 4, noNullPrototype: true },
);
// The text has no negative zero.
const value = fc
  .oneof(fc.double({ noNaN: true }), fc.integer(), fc.constant(Number.POSITIVE_INFINITY))
  .map((one) => one + 0);
const escapeLabel = (text: string) =>
  text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"');
const valueText = (one: number) =>
  one === Number.POSITIVE_INFINITY ? "+Inf" : one === Number.NEGATIVE_INFINITY ? "-Inf" : String(one);

describe("any exposition", () => {
  it("is read back as it was written, in whatever pieces it comes", () => {
    const sample = fc.record({ labels, value });
    fc.assert(
      fc.property(
        fc.array(sample, { maxLength: 12 }),
        fc.array(fc.nat(40), { maxLength: 20 }),
        (samples, cuts) => {
          const lines = samples.map(({ labels: given, value: number }) => {
            const inner = Object.entries(given).map(([name, text]) => `${name}="${escapeLabel(text)}"`);
            return `m{${inner.join(",")}} ${valueText(number)}`;
          });
          const text = `# TYPE m gauge\n${lines.join("\n")}\n`;
          const reader = createExpositionReader();
          let at = 0;
          for (const cut of cuts) {
            reader.push(text.slice(at, at + cut));
            at += cut;
          }
          reader.push(text.slice(at));
          const exposition = reader.end();
          expect(exposition.malformed).toBe(0);
          // Of two samples of one series the last counts.
          const last = new Map(
            samples.map((one) => [JSON.stringify(Object.entries(one.labels).sort()), one.value]),
          );
          const read = (exposition.families.get("m")?.series ?? []).map((series) => [
            JSON.stringify(Object.entries(series.labels).sort()),
            series.value,
          ]);
          expect(new Map(read as [string, number][])).toEqual(last);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("or anything else is read without an exception, and its lines are counted", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary", maxLength: 30 }),
      fc.constantFrom(
        'x{a="',
        '"} 1',
        "\n",
        "# TYPE x histogram\n",
        'x_bucket{le="',
        "{count:1,schema:0,positive_spans:[0:9]}",
        "\\",
        "{",
        "}",
        ",",
        " # {",
        "# EOF\n",
        "x_sum NaN\n",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const reader = createExpositionReader({ maxLineLength: 200 });
        for (const text of pieces) reader.push(text);
        const exposition = reader.end();
        expect(exposition.malformed).toBeLessThanOrEqual(exposition.lines + pieces.length);
      }),
      { numRuns: 200 },
    );
  });
});
