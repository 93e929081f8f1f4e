import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Edge } from "./api/edges.ts";
import { useMotionSearch } from "./api/motion.ts";
import { edgesOf, spanOf, type SearchSpan } from "./model/found.ts";
import type { Range } from "./model/line.ts";

export interface MotionSearching {
  /** Whose pictures are searched; undefined: no search is open. */
  readonly channel: number | undefined;
  readonly cells: string | undefined;
  readonly span: SearchSpan;
  readonly range: Range;
  readonly result: ReturnType<typeof useMotionSearch>;
  /** What was found, as marks of the timeline; undefined while nothing is searched. */
  readonly edges: readonly Edge[] | undefined;
  readonly open: (channel: number) => void;
  readonly close: () => void;
  readonly setCells: (cells: string | undefined) => void;
  readonly setSpan: (span: SearchSpan) => void;
}

/** A search for motion in a part of the picture, beside the players. */
export function useMotionSearching(view: Range, day: Range): MotionSearching {
  const { t } = useTranslation("playback");
  const [channel, setChannel] = useState<number>();
  const [cells, setCells] = useState<string>();
  const [span, setSpan] = useState<SearchSpan>("day");
  const range = spanOf(span, view, day, Date.now());
  const isOn = channel !== undefined && cells !== undefined;
  const result = useMotionSearch({
    ...range,
    channels: channel === undefined ? [] : [channel],
    cells: isOn ? cells : undefined,
  });
  const { data } = result;
  return {
    ...{ channel, cells, span, range, result, setCells, setSpan },
    edges: isOn && data !== undefined ? edgesOf(data.runs, t("search.mark")) : undefined,
    open: setChannel,
    close: () => {
      setChannel(undefined);
      setCells(undefined);
    },
  };
}
