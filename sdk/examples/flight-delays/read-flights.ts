import { asyncBufferFromFile, type DecodedArray, parquetMetadataAsync, parquetRead } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import type { FlownFlight } from "./flight.ts";

/**
 * readFlights returns the flights of `flights-3m.parquet` (3 million US flights, January–June 2001, US Bureau of Transportation
 * Statistics, shipped by `vega-datasets`) that `isWanted` by their position in the file, in order of departure. Row group by row group,
 * so that the three million are never in memory at once.
 */
export async function readFlights(
  path: string,
  isWanted: (position: number) => boolean,
): Promise<FlownFlight[]> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  const flights: FlownFlight[] = [];
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    const columns: Record<string, DecodedArray> = {};
    await parquetRead({
      file,
      metadata,
      compressors,
      rowStart,
      rowEnd,
      onChunk: (chunk) => {
        const known = columns[chunk.columnName];
        columns[chunk.columnName] = known === undefined ? chunk.columnData : [...known, ...chunk.columnData];
      },
    });
    for (let row = 0; row < rowEnd - rowStart; row++) {
      if (isWanted(rowStart + row)) flights.push(flightAt(columns, row, rowStart + row));
    }
    rowStart = rowEnd;
  }
  return flights.sort((a, b) => a.departure - b.departure);
}

/** positionOf returns the position in the file that `flight` was read from: the key for splitting flights into training and traffic. */
export function positionOf(flight: { id: string }): number {
  return Number(flight.id.slice(ID_PREFIX.length));
}

const ID_PREFIX = "flight-";

function flightAt(columns: Record<string, DecodedArray>, row: number, position: number): FlownFlight {
  const departure: unknown = columns["date"]?.[row];
  if (!(departure instanceof Date)) throw new TypeError(`flight ${position}: date is not a timestamp`);
  return {
    id: `${ID_PREFIX}${position.toString().padStart(7, "0")}`,
    departure: departure.getTime(),
    distance: Number(columns["distance"]?.[row]),
    origin: String(columns["origin"]?.[row]),
    destination: String(columns["destination"]?.[row]),
    delayMinutes: Number(columns["delay"]?.[row]),
  };
}
