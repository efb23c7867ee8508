import { describe, expect, it } from "vitest";
import { type Block, GroupWriter, type SerialisedBlock } from "./group-writer.ts";

class Lines implements Block {
  lines: string[] = [];
  readonly stamps: number[] = [];
  get rows() {
    return this.lines.length;
  }
  serialise(receivedAt: number): SerialisedBlock {
    this.stamps.push(receivedAt);
    return { columns: ["line"], body: Buffer.from(this.lines.join("\n")), rows: this.rows };
  }
  clear() {
    this.lines = [];
  }
  size() {
    return this.lines.length * 10;
  }
}

function create(
  options: {
    maxRows?: number;
    maxInFlight?: number;
    enoughRows?: number;
    lingerMs?: number;
    now?: () => number;
  } = {},
) {
  const inserts: { body: string; finish: () => void; fail: (error: Error) => void }[] = [];
  const failed: number[] = [];
  const writer = new GroupWriter<Lines>({
    createBlock: () => new Lines(),
    insert: ({ body }) =>
      new Promise((finish, fail) => inserts.push({ body: body.toString(), finish, fail })),
    onFailed: (serial) => failed.push(serial),
    maxRows: options.maxRows ?? 100,
    maxBytes: 1e9,
    maxInFlight: options.maxInFlight ?? 2,
    enoughRows: options.enoughRows ?? 50,
    lingerMs: options.lingerMs ?? 0,
    now: options.now ?? (() => 1_000),
  });
  const append = (line: string) => {
    const group = writer.open();
    group.block.lines.push(line);
    writer.commit();
    return group;
  };
  return { writer, inserts, failed, append };
}

describe("the group writer", () => {
  it("inserts a lone row at once and settles its group only after the insert", async () => {
    const { inserts, append } = create();
    const group = append("a");
    let isDone = false;
    const done = group.done.then(() => {
      isDone = true;
    });
    await Promise.resolve();
    expect(inserts.map((insert) => insert.body)).toEqual(["a"]);
    expect(isDone).toBe(false);
    inserts[0]?.finish();
    await done;
    expect(isDone).toBe(true);
  });

  it("neither waits for a clock that was set back to catch up nor stamps rows before those that came earlier", async () => {
    let now = 3_600_000;
    const { inserts, append } = create({ lingerMs: 10, now: () => now });
    const first = append("a");
    inserts[0]?.finish();
    await first.done;
    now = 0;
    append("b");
    expect(inserts.map((insert) => insert.body)).toEqual(["a", "b"]);
    // Both blocks are the same one, used again.
    expect(first.block.stamps).toEqual([3_600_000, 3_600_001]);
  });

  it("gathers everything that comes while an insert is in flight into the next group", async () => {
    const { inserts, append } = create();
    const first = append("a");
    const second = append("b");
    expect(append("c").serial).toBe(second.serial);
    expect(inserts).toHaveLength(1);
    inserts[0]?.finish();
    await first.done;
    await Promise.resolve();
    expect(inserts.map((insert) => insert.body)).toEqual(["a", "b\nc"]);
  });

  it("lets a small group gather after an insert for as long as that took, but never a lone or a large one", async () => {
    let now = 1_000;
    const { writer, inserts, append } = create({ lingerMs: 60, now: () => now });
    const first = append("a");
    expect(inserts).toHaveLength(1);
    now += 30;
    inserts[0]?.finish();
    await first.done;
    append("b");
    expect(inserts).toHaveLength(1);
    writer.open().block.lines.push(...Array.from({ length: 48 }, () => "c"));
    append("c");
    expect(inserts).toHaveLength(2);
    inserts[1]?.finish();
    await Promise.resolve();
    now += 1_000;
    append("d");
    expect(inserts.at(-1)?.body).toBe("d");
  });

  it("lets half of many senders go as soon as they are there, and stragglers wait for the others", async () => {
    let now = 1_000;
    const { inserts, append } = create({ lingerMs: 60, enoughRows: 1_000, now: () => now });
    append("a");
    for (let row = 0; row < 100; row++) append("b");
    inserts[0]?.finish();
    await Promise.resolve();
    now += 1;
    await expect.poll(() => inserts.length).toBe(2);
    for (let row = 0; row < 3; row++) append("c");
    now += 30;
    inserts[1]?.finish();
    await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    now += 40;
    append("c");
    expect(inserts).toHaveLength(2);
    for (let row = 0; row < 46; row++) append("c");
    expect(inserts).toHaveLength(3);
  });

  it("says of each group when it goes out", async () => {
    const { inserts, append } = create();
    const sent: string[] = [];
    void append("a").sent.then(() => sent.push("a"));
    const second = append("b");
    void second.sent.then(() => sent.push("b"));
    await Promise.resolve();
    expect(sent).toEqual(["a"]);
    inserts[0]?.finish();
    await second.sent;
    expect(sent).toEqual(["a", "b"]);
  });

  it("opens a second lane only for a full group, and never more than allowed", () => {
    const { inserts, append } = create({ maxRows: 2 });
    for (const line of "abcdefg") append(line);
    expect(inserts.map((insert) => insert.body)).toEqual(["a", "b\nc"]);
  });

  it("rejects a failed group's waiters, tells which group failed, and goes on with the next", async () => {
    const { inserts, failed, append, writer } = create();
    const first = append("a");
    const second = append("b");
    inserts[0]?.fail(new Error("connection lost"));
    await expect(first.done).rejects.toMatchObject({ code: "internal" });
    expect(failed).toEqual([first.serial]);
    expect(writer.pending(first.serial)).toBeUndefined();
    inserts[1]?.finish();
    await second.done;
  });

  it("is idle once everything appended is settled, and counts bytes until then", async () => {
    const { inserts, append, writer } = create();
    append("a");
    append("b");
    expect(writer.pendingBytes).toBeGreaterThan(0);
    const idle = writer.idle();
    inserts[0]?.finish();
    await new Promise((resolve) => setImmediate(resolve));
    inserts[1]?.finish();
    await idle;
    expect(writer.pendingBytes).toBe(0);
  });
});
