/** Problem is why a wish was refused: one sentence, and where fields are to blame, what is wrong with each of them. */
export interface Problem {
  sentence: string;
  /** By the path of the field, such as `objective.target`. */
  fields: Record<string, string>;
}

/** readProblems returns what an answer's problem document says, or that the server could not be reached. */
export async function readProblems(answer: Response | undefined): Promise<Problem> {
  if (answer === undefined)
    return { sentence: "The server can't be reached. Check your connection and try again.", fields: {} };
  const body: unknown = await answer.json().catch(() => undefined);
  if (typeof body !== "object" || body === null || !("detail" in body) || typeof body.detail !== "string") {
    const sentence = `The server answered with an error (${answer.status}). Try again in a moment.`;
    return { sentence, fields: {} };
  }
  const errors = "errors" in body && Array.isArray(body.errors) ? (body.errors as InputError[]) : [];
  return {
    sentence: body.detail,
    fields: Object.fromEntries(errors.map(({ path, message }) => [path, message])),
  };
}

interface InputError {
  path: string;
  message: string;
}

/** readProblem returns the sentence alone. */
export async function readProblem(answer: Response | undefined): Promise<string> {
  return (await readProblems(answer)).sentence;
}
