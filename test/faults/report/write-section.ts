const HEADING = "## Faults";

/** writeSection returns `document` with its section on faults replaced, or added at the end. */
export function writeSection(
  document: string,
  table: string,
  run: { rounds: number; firstSeed: number; problems: readonly string[] },
): string {
  const { rounds, firstSeed, problems } = run;
  const section = `${HEADING}

\`node --import tsx test/faults/run.ts --rounds ${rounds} --seed ${firstSeed}\` — real processes, faults at seeded random moments under load. An oracle outside the system checks every stored row.
After each round the analyzer settles by itself. Then joined labels, roll-ups, verdicts and incidents are compared with the raw rows, and every closed window is judged again. Contradictions found: ${problems.length}.

${table}
`;
  const start = document.indexOf(`${HEADING}\n`);
  if (start < 0) return `${document.trimEnd()}\n\n${section}`;
  const next = document.indexOf("\n## ", start + HEADING.length);
  return `${document.slice(0, start)}${section}${next < 0 ? "" : document.slice(next)}`;
}
