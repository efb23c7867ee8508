// What the operating system says of a disk that takes nothing more: full, over its quota, read-only, failing.
const CODES = new Set(["ENOSPC", "EDQUOT", "EROFS", "EIO"]);

/** isDiskProblem says whether the operating system threw `error` because the disk takes nothing more. */
export function isDiskProblem(error: unknown): boolean {
  return error instanceof Error && "code" in error && CODES.has(String(error.code));
}
