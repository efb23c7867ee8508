import { isPassingTrouble } from "@leeway/core/errors";

/** register runs once when the process starts: a wrong environment ends it at once, with every problem listed, and the stored users are made to agree with the environment. */
export async function register(): Promise<void> {
  if (process.env["NEXT_RUNTIME"] !== "nodejs") return;
  const { server } = await import("./server/composition.ts");
  await server()
    .ensureAdmin()
    .catch((error: unknown) => {
      // The database may start later than this process; signing in ensures the administrator again.
      console.warn(
        "The administrator could not be ensured yet:",
        error instanceof Error ? error.message : error,
      );
    });
}

/** onRequestError notes for the gate that a page failed because the store was away, which is a 503 and no defect. */
export async function onRequestError(error: unknown): Promise<void> {
  if (process.env["NEXT_RUNTIME"] !== "nodejs" || !isPassingTrouble(error)) return;
  const { requestMarks } = await import("./server/request-mark.ts");
  const mark = requestMarks().getStore();
  if (mark !== undefined) mark.isStoreAway = true;
}
