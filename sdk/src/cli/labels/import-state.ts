import { readFile, rename, rm, writeFile } from "node:fs/promises";

/** ImportProgress is how far an import has come; what is behind `position` is settled. */
export interface ImportProgress {
  /** key identifies what is imported: the file's content and how it is read. */
  readonly key: string;
  position: number;
  rows: number;
  accepted: number;
  duplicate: number;
  rejected: number;
  skipped: number;
  isDone: boolean;
}

/** startProgress returns the progress of an import that has not begun. */
export function startProgress(key: string, position: number): ImportProgress {
  return { key, position, rows: 0, accepted: 0, duplicate: 0, rejected: 0, skipped: 0, isDone: false };
}

/** readProgress returns the progress noted beside a file, or null when there is none for this very import. */
export async function readProgress(path: string, key: string): Promise<ImportProgress | null> {
  try {
    const noted = JSON.parse(await readFile(path, "utf8")) as ImportProgress;
    return noted.key === key ? noted : null;
  } catch {
    // Nothing noted, or not readable: starting over repeats batches under their old ids, which changes nothing.
    return null;
  }
}

/** writeProgress notes the progress in one step, so that a kill leaves the old or the new note, never half of one. */
export async function writeProgress(path: string, progress: ImportProgress): Promise<void> {
  await writeFile(`${path}.new`, `${JSON.stringify(progress)}\n`);
  await rename(`${path}.new`, path);
}

/** forgetProgress removes the note. */
export async function forgetProgress(path: string): Promise<void> {
  await rm(path, { force: true });
}
