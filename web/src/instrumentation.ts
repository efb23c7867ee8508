/** register runs once when the process starts: a wrong environment ends it at once, with every problem listed, and the administrator is made. */
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
