const started = Date.now();

/** say prints one line of the demo, with the seconds since it began. */
export function say(line: string): void {
  const seconds = ((Date.now() - started) / 1_000).toFixed(0).padStart(4);
  process.stdout.write(`${seconds} s  ${line}\n`);
}

/** sayBlock prints lines that belong to the line before them. */
export function sayBlock(lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`          ${line}\n`);
}
