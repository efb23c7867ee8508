/** TurnQueue hands out turns of the event loop to bodies that are to be worked on. */
export interface TurnQueue {
  /** Resolves when a body of this size may be worked on, first come first served. */
  turn(bytes: number): Promise<void>;
}

/**
 * createTurnQueue returns a queue that lets about `bytesPerTurn` be worked on in each turn of the event loop. Without it all bodies that came in
 * one turn are read at once, and what the store answers meanwhile waits behind them, and the next insert with it.
 */
export function createTurnQueue(bytesPerTurn = 256 * 1024): TurnQueue {
  const waiting: { bytes: number; begin: () => void }[] = [];
  let isDue = false;

  function schedule(): void {
    if (isDue) return;
    isDue = true;
    setImmediate(() => {
      isDue = false;
      for (let begun = 0; begun < bytesPerTurn; ) {
        const next = waiting.shift();
        if (next === undefined) return;
        begun += next.bytes;
        next.begin();
      }
      if (waiting.length > 0) schedule();
    });
  }

  return {
    turn: (bytes) =>
      new Promise((begin) => {
        waiting.push({ bytes, begin });
        schedule();
      }),
  };
}
