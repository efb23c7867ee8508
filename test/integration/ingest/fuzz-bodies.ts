import { brotliCompressSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { ENTRANCES } from "./fuzz-entrances.ts";

/** FuzzRequest is one request with a body that was changed at random. */
export interface FuzzRequest {
  method: "POST" | "PUT";
  path: string;
  headers: Record<string, string>;
  body: Buffer;
}

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -0,
    -1,
    1e308,
    2 ** 53 + 1,
    0.1,
    "",
    " ",
    "null",
    "NaN",
    "\u0000",
    "\ud800",
  ),
  fc.constantFrom<unknown>(
    [],
    {},
    [[[[[[]]]]]],
    { a: { b: { c: {} } } },
    "x".repeat(20_000),
    "2026-02-30T00:00:00Z",
    "9".repeat(400),
  ),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.bigInt({ min: 0n, max: 2n ** 64n }).map(String),
  fc.constant(Object.fromEntries(Array.from({ length: 3_000 }, (_unused, at) => [`n${at}`, at]))),
);
const change = fc.record({
  pick: fc.nat(),
  how: fc.constantFrom("replace", "replace", "remove", "add", "rename"),
  value: odd,
  name: fc.oneof(
    fc.constantFrom("__proto__", "constructor", "id", "modle", "", "\ud800", "toString"),
    fc.string({ maxLength: 6 }),
  ),
});
const damage = fc.record({
  at: fc.nat(),
  cut: fc.nat({ max: 20 }),
  bytes: fc.oneof(
    fc.uint8Array({ maxLength: 8 }),
    fc
      .constantFrom("NaN", "Infinity", "\\u", "{", "}", "[", '"', ",", "\n", "1e999", "\ufeff")
      .map((text) => Buffer.from(text)),
  ),
});

/** fuzzRequest is a request whose body was changed in its values, in its bytes, or in both. */
export const fuzzRequest: fc.Arbitrary<FuzzRequest> = fc
  .record({
    entrance: fc.constantFrom(...ENTRANCES),
    changes: fc.array(change, { maxLength: 3 }),
    damages: fc.oneof(fc.array(damage, { maxLength: 0 }), fc.array(damage, { maxLength: 3 })),
    encoding: fc.constantFrom("", "", "", "gzip", "br", "wrong"),
    id: fc.integer(),
  })
  .map(({ entrance, changes, damages, encoding, id }) => {
    const { method, path, type = "application/json", write = writeJson, body } = entrance;
    const changed = changes.reduce(applied, renamed(structuredClone(body), id));
    const damaged = damages.reduce<Buffer>((bytes, { at, cut, bytes: inserted }) => {
      const place = at % (bytes.length + 1);
      return Buffer.concat([bytes.subarray(0, place), inserted, bytes.subarray(place + cut)]);
    }, write(changed));
    const headers = {
      "content-type": type,
      ...(encoding === "" ? {} : { "content-encoding": encoding === "wrong" ? "gzip" : encoding }),
    };
    return { method, path, headers, body: encoded(damaged, encoding) };
  });

const writeJson = (body: unknown) => Buffer.from(JSON.stringify(body) ?? "");

// Each event an id of its own, or nearly all of them would be repetitions.
function renamed(body: unknown, id: number): unknown {
  return JSON.parse((JSON.stringify(body) ?? "null").replaceAll('"p"', `"p${id}"`));
}

function encoded(bytes: Buffer, encoding: string): Buffer {
  if (encoding === "gzip") return gzipSync(bytes);
  return encoding === "br" ? brotliCompressSync(bytes) : bytes;
}

function applied(
  body: unknown,
  { pick, how, value, name }: { pick: number; how: string; value: unknown; name: string },
): unknown {
  const holders: [Record<string, unknown>, string][] = [];
  const walk = (node: unknown) => {
    if (typeof node !== "object" || node === null) return;
    for (const key of Object.keys(node).slice(0, 50)) {
      holders.push([node as Record<string, unknown>, key]);
      walk((node as Record<string, unknown>)[key]);
    }
  };
  walk(body);
  const chosen = holders[pick % Math.max(1, holders.length)];
  if (chosen === undefined) return structuredClone(value);
  const [holder, key] = chosen;
  const member = holder[key];
  const set = (under: string, to: unknown) =>
    Object.defineProperty(holder, under, { value: to, enumerable: true, configurable: true, writable: true });
  if (how === "replace") set(key, structuredClone(value));
  else if (Array.isArray(holder)) {
    if (how === "add") holder.push(structuredClone(value));
    else holder.splice(Number(key), 1);
  } else if (how === "add") set(name, structuredClone(value));
  else {
    delete holder[key];
    if (how === "rename") set(name, member);
  }
  return body;
}
