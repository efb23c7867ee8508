"use client";

/** ErrorPage says that a page could not be made, names the error for the log, and offers to try again. */
export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <main className="message" id="main">
      <h1>This page could not be loaded</h1>
      <p>
        The database may be starting or away; nothing is lost meanwhile.
        {error.digest !== undefined && (
          <>
            {" "}
            The server’s log has more under <code>{error.digest}</code>.
          </>
        )}
      </p>
      <button type="button" onClick={reset} className="message-button">
        Try again
      </button>
    </main>
  );
}
