/** PartRange is a part and which inserts it holds: those whose block numbers lie in its range. */
export interface PartRange {
  name: string;
  partition_id: string;
  min_block: number;
  max_block: number;
  level: number;
  rows: number;
}

/**
 * sourceParts returns, of the parts that have been merged away and are still on the disk, those that `merged` was made from: the largest that lie within its range. Together
 * they hold every row of it, or they are none (it was inserted as it is, or they have been deleted).
 */
export function sourceParts<T extends PartRange>(merged: PartRange, inactive: readonly T[]): T[] {
  const within = inactive.filter(
    (part) =>
      part.name !== merged.name && part.level < merged.level && part.rows > 0 && isWithin(part, merged),
  );
  const largest = within.filter((part) => !within.some((other) => other !== part && isWithin(part, other)));
  const rows = largest.reduce((sum, part) => sum + part.rows, 0);
  // Merging drops replaced rows and adds none.
  return rows >= merged.rows ? largest : [];
}

function isWithin(part: PartRange, whole: PartRange): boolean {
  return (
    part.partition_id === whole.partition_id &&
    part.min_block >= whole.min_block &&
    part.max_block <= whole.max_block
  );
}
