/** FairQueue holds what waits for a turn, in lanes that take turns: however many wait in one lane, another lane's first is served next but one. */
export interface FairQueue<Item> {
  enter(item: Item, lane: string, isPreferred: boolean): Entry<Item>;
  /** Takes out the item whose turn it is, or says when the first of the waiting ones may have its turn; `readyAt` is the earliest moment for a lane. */
  next(now: number, readyAt: (lane: string) => number): Turn<Item>;
  /** Takes out an item that does not want to wait any more. */
  leave(item: Item): void;
  readonly size: number;
}

/** Entry is what became of an item that asked to wait. Where the queue was full, another may have lost its place to it. */
export type Entry<Item> = { outcome: "waiting"; displaced?: Item } | { outcome: "full" };

/** Turn is the next item to serve, or the moment to ask again, or that nobody waits. */
export type Turn<Item> =
  | { outcome: "serve"; item: Item }
  | { outcome: "later"; at: number }
  | { outcome: "empty" };

/**
 * createFairQueue returns a queue of at most `maxWaiting` items, at most `maxPerLane` of them in one lane. Preferred lanes come first. Where
 * the queue is full, the longest lane gives its last place to a newcomer whose own lane is shorter, so that no crowd keeps others out.
 */
export function createFairQueue<Item>(options: { maxWaiting: number; maxPerLane: number }): FairQueue<Item> {
  // A lane's place in the map is its place in the round: served lanes go to the end.
  const lanes = { preferred: new Map<string, Item[]>(), other: new Map<string, Item[]>() };
  let size = 0;

  return {
    enter(item, lane, isPreferred) {
      const group = isPreferred ? lanes.preferred : lanes.other;
      const waiting = group.get(lane) ?? [];
      if (waiting.length >= options.maxPerLane) return { outcome: "full" };
      const isFull = size >= options.maxWaiting;
      const displaced = isFull ? displaceFrom(lanes.other, isPreferred ? 0 : waiting.length + 1) : undefined;
      if (isFull && displaced === undefined) return { outcome: "full" };
      group.set(lane, [...waiting, item]);
      if (displaced !== undefined) return { outcome: "waiting", displaced };
      size++;
      return { outcome: "waiting" };
    },
    next(now, readyAt) {
      let at = Number.POSITIVE_INFINITY;
      for (const group of [lanes.preferred, lanes.other]) {
        for (const [lane, [item, ...rest]] of group) {
          const ready = group === lanes.preferred ? now : readyAt(lane);
          at = Math.min(at, ready);
          if (ready > now || item === undefined) continue;
          group.delete(lane);
          if (rest.length > 0) group.set(lane, rest);
          size--;
          return { outcome: "serve", item };
        }
      }
      return size === 0 ? { outcome: "empty" } : { outcome: "later", at };
    },
    leave(item) {
      if (removeFrom(lanes.preferred, item) || removeFrom(lanes.other, item)) size--;
    },
    get size() {
      return size;
    },
  };
}

/** Takes the last of the longest lane, if that lane is longer than `atLeast`. */
function displaceFrom<Item>(lanes: Map<string, Item[]>, atLeast: number): Item | undefined {
  let longest: [string, Item[]] | undefined;
  for (const lane of lanes) if (lane[1].length > (longest?.[1].length ?? atLeast)) longest = lane;
  if (longest === undefined) return undefined;
  const [lane, items] = longest;
  keepRest(lanes, lane, items.slice(0, -1));
  return items.at(-1);
}

function removeFrom<Item>(lanes: Map<string, Item[]>, item: Item): boolean {
  for (const [lane, items] of lanes) {
    if (!items.includes(item)) continue;
    keepRest(
      lanes,
      lane,
      items.filter((other) => other !== item),
    );
    return true;
  }
  return false;
}

/** Leaves `rest` in a lane, which keeps its place in the round as long as anything waits in it. */
function keepRest<Item>(lanes: Map<string, Item[]>, lane: string, rest: Item[]): void {
  if (rest.length === 0) lanes.delete(lane);
  else lanes.set(lane, rest);
}
