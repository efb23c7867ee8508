const HEADING = "## Faults";

/** writeSection returns `document` with its section on faults replaced, or added at the end. */
export function writeSection(
  document: string,
  table: string,
  run: { rounds: number; firstSeed: number; problems: readonly string[] },
): string {
  const { rounds, firstSeed, problems } = run;
  const section = `${HEADING}

\`node --import tsx test/faults/run.ts --rounds ${rounds} --seed ${firstSeed}\` — real processes, faults at seeded random moments under load; predictions,
labels and telemetry together, every stored row held against an oracle outside the system. After each round the analyzer settles by itself; then joined
labels, roll-ups, verdicts and incidents are held against the raw rows, and every closed window is judged again. Contradictions found: ${problems.length}. Where connections are cut some
senders never come again, so more may be stored than was acknowledged.

${table}
`;
  const start = document.indexOf(`${HEADING}\n`);
  if (start < 0) return `${document.trimEnd()}\n\n${section}`;
  const next = document.indexOf("\n## ", start + HEADING.length);
  return `${document.slice(0, start)}${section}${next < 0 ? "" : document.slice(next)}`;
}
