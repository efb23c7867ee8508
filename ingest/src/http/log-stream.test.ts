import { describe, expect, it } from "vitest";
import { createLogStream } from "./log-stream.ts";

function disk(room: number) {
  const state = { room, text: "" };
  const stream = createLogStream((bytes) => {
    if (state.room === 0) throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    const taken = bytes.subarray(0, state.room);
    state.room -= taken.length;
    state.text += taken.toString();
    return taken.length;
  });
  return { state, stream };
}

describe("the log stream", () => {
  it("writes whole lines where the disk takes them in parts", () => {
    const { state, stream } = disk(1_000);
    stream.write("one\n");
    stream.write("two\n");
    expect(state.text).toBe("one\ntwo\n");
  });

  it("counts what a full disk did not take, and says so on a line of its own once there is room", () => {
    const { state, stream } = disk(6);
    for (const line of ["one\n", "two\n", "three\n"]) stream.write(line);
    expect(state.text).toBe("one\ntw");
    state.room = 1_000;
    stream.write("four\n");
    expect(state.text).toBe('one\ntw\n{"level":40,"msg":"log lines were lost","lines":2}\nfour\n');
  });
});
