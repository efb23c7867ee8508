/** LogStream takes finished log lines. */
export interface LogStream {
  write(line: string): void;
}

/**
 * createLogStream returns a stream over `write` (which returns how many bytes it took, or throws) that outlives a full disk: lines that can't be
 * written are counted, and the count is the next line that can be. The logger's own stream ends the process in that case, or waits for ever.
 */
export function createLogStream(write: (bytes: Buffer) => number): LogStream {
  let lost = 0;
  let isBroken = false;
  const tryWrite = (text: string): boolean => {
    let rest = Buffer.from(text);
    try {
      while (rest.length > 0) rest = rest.subarray(write(rest));
      return true;
    } catch {
      // There is nowhere left to tell it: the caller counts.
      isBroken ||= rest.length < Buffer.byteLength(text);
      return false;
    }
  };
  return {
    write(line) {
      if (isBroken && tryWrite("\n")) isBroken = false;
      if (lost > 0 && tryWrite(`${JSON.stringify({ level: 40, msg: "log lines were lost", lines: lost })}\n`))
        lost = 0;
      if (lost > 0 || !tryWrite(line)) lost++;
    },
  };
}
