import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

// guard.mjs MARK GRACE_MS: ends the processes that have MARK in their environment, once its own input has ended. Plain JavaScript, so that its start costs nothing.
// The input ends when the test worker that started it ends, in whichever way: then at once. A worker whose file is over says "over" first: then what was
// asked to end may take GRACE_MS, and the commands of what did not are printed.

const ASK_EVERY_MS = 20;
const [mark, graceMs] = process.argv.slice(2);

let input = "";
for await (const chunk of process.stdin) input += chunk;
const deadline = performance.now() + (input === "over" ? Number(graceMs) : 0);
while (marked().length > 0 && performance.now() < deadline) await sleep(ASK_EVERY_MS);
const left = marked();
// What is ended may just have started another one.
for (let alive = left; alive.length > 0; alive = marked()) for (const { pid } of alive) kill(pid);
if (input === "over") process.stdout.write(left.map(({ command }) => command).join("\n"));

function marked() {
  return process.platform === "linux" ? markedOnLinux() : markedByPs();
}

function markedOnLinux() {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && textOf(`/proc/${name}/environ`).split("\0").includes(mark))
    .map((name) => ({
      pid: Number(name),
      command: textOf(`/proc/${name}/cmdline`).replaceAll("\0", " ").trim(),
    }));
}

function markedByPs() {
  const { stdout } = spawnSync("ps", ["-A", "-E", "-ww", "-o", "pid=,command="], { encoding: "utf8" });
  return stdout
    .split("\n")
    .filter((line) => line.includes(mark) && Number.parseInt(line, 10) !== process.pid)
    .map((line) => ({ pid: Number.parseInt(line, 10), command: line.trim() }));
}

function kill(pid) {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    // It has ended meanwhile.
    if (error.code !== "ESRCH") throw error;
  }
}

// A process may end while it is read, or be somebody else's.
function textOf(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (["ENOENT", "ESRCH", "EACCES", "EPERM"].includes(error.code)) return "";
    throw error;
  }
}
