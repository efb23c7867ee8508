import type { SampledRow } from "../../profile/index.ts";
import type { ReferenceFeature } from "../../records/index.ts";

/**
 * encodeColumns returns one column of numbers a feature: numbers as they are, booleans as 0 and 1, categories by their place in the reference's list
 * (unseen ones behind it), free text by its length; NaN where the row has no value of the feature's type. O(rows · features).
 */
export function encodeColumns(
  features: readonly ReferenceFeature[],
  rows: readonly SampledRow[],
): Float64Array[] {
  return features.map((feature) => {
    const read = readerOf(feature);
    return Float64Array.from(rows, read);
  });
}

function readerOf({ name, type, categories = [] }: ReferenceFeature): (row: SampledRow) => number {
  switch (type) {
    case "numeric":
      return ({ numbers }) => numbers[name] ?? Number.NaN;
    case "boolean":
      return ({ booleans }) => (booleans[name] === undefined ? Number.NaN : Number(booleans[name]));
    case "text":
      return ({ strings }) => strings[name]?.length ?? Number.NaN;
    case "categorical": {
      const places = new Map(categories.map((category, place) => [category.name, place]));
      return ({ strings }) => {
        const value = strings[name];
        return value === undefined ? Number.NaN : (places.get(value) ?? categories.length);
      };
    }
    default:
      return type satisfies never;
  }
}
