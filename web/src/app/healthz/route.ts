/** GET answers as long as the process can answer at all. */
export function GET(): Response {
  return Response.json({ status: "ok" });
}
