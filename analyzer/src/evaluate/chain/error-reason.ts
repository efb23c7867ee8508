/** errorReason returns what a window's verdict says where it could not be judged. */
export function errorReason(error: unknown): string {
  return `This window could not be judged: ${error instanceof Error ? error.message : String(error)}`;
}
