import type { ChangeEvent } from "@leeway/core/records";
import { countWords } from "@leeway/core/words";
import { ChangeList } from "../../../../ui/change-list.tsx";
import { ChartFigure } from "../../../../ui/chart-figure.tsx";

const SHOWN = 5;

/** ChangesFigure lists what changed in the range, newest first: the dotted lines of the charts above it. */
export function ChangesFigure({ changes, now }: { changes: readonly ChangeEvent[]; now: number }) {
  const [newest, older] = [changes.slice(0, SHOWN), changes.slice(SHOWN)];
  return (
    <ChartFigure
      id="changes"
      title="What changed"
      summary={
        changes.length === 0
          ? "No deploy and no change of settings is known in this range."
          : `${countWords(changes.length, "change")} in this range, newest first: dotted lines in the charts above.`
      }
    >
      {newest.length > 0 && <ChangeList changes={newest} now={now} />}
      {older.length > 0 && (
        <details>
          <summary>Show {countWords(older.length, "older change")}</summary>
          <ChangeList changes={older} now={now} />
        </details>
      )}
    </ChartFigure>
  );
}
