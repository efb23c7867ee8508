import { existsSync, readFileSync } from "node:fs";

// Loaded into a process before anything else: its clock is as many milliseconds ahead as LEEWAY_FAULTS_CLOCK, a file, says.
const path = process.env["LEEWAY_FAULTS_CLOCK"] ?? "";
const rightTime = Date.now.bind(Date);
let aheadMs = 0;
const look = () => {
  aheadMs = existsSync(path) ? Number(readFileSync(path, "utf8")) : 0;
};
look();
setInterval(look, 20).unref();
Date.now = () => rightTime() + aheadMs;
