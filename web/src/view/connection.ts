/** Connection is whether the page can still be brought up to date, and since when not. */
export type Connection =
  | { state: "ok" }
  | { state: "lost"; why: LossReason; since: number }
  | { state: "signed_out" };

/** LossReason is what does not answer: the server, or the database behind it. */
export type LossReason = "server" | "database";

/** Asked is what one look at the server found: its status, or undefined where it did not answer. */
export type Asked = number | undefined;

/** nextConnection returns the connection after a look at `now`: a loss keeps the time at which it began. */
export function nextConnection(before: Connection, asked: Asked, now: number): Connection {
  if (asked === 401) return { state: "signed_out" };
  if (asked !== undefined && asked < 500) return { state: "ok" };
  const since = before.state === "lost" ? before.since : now;
  return { state: "lost", why: asked === undefined ? "server" : "database", since };
}

/** connectionSentence returns what a banner says while the connection is lost; undefined while all is well. */
export function connectionSentence(
  connection: Connection,
  clock: (time: number) => string,
): string | undefined {
  switch (connection.state) {
    case "ok":
      return undefined;
    case "signed_out":
      return "Your session has ended. What is on screen stays; sign in again to go on.";
    case "lost": {
      const what =
        connection.why === "server" ? "The server can’t be reached" : "The database does not answer";
      return `${what} since ${clock(connection.since)}. What is on screen is from before; it is brought up to date by itself.`;
    }
    default:
      return connection satisfies never;
  }
}
