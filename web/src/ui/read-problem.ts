/** readProblem returns the sentence an answer's problem document carries, or one that says that the server could not be reached. */
export async function readProblem(answer: Response | undefined): Promise<string> {
  if (answer === undefined) return "The server can't be reached. Check your connection and try again.";
  const body: unknown = await answer.json().catch(() => undefined);
  if (typeof body === "object" && body !== null && "detail" in body && typeof body.detail === "string") {
    return body.detail;
  }
  return `The server answered with an error (${answer.status}). Try again in a moment.`;
}
