import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Edge } from "./api/edges.ts";
import { useMotionSearch } from "./api/motion.ts";
import { askedAreas, openedOn, type Areas } from "./model/areas.ts";
import { edgesOf, spanOf, type SearchSpan } from "./model/found.ts";
import type { Range } from "./model/line.ts";

export interface MotionSearching {
  /** Where is searched; undefined: no search is open. */
  readonly areas: Areas | undefined;
  /** Something is drawn, and searched. */
  readonly isAsked: boolean;
  readonly span: SearchSpan;
  readonly range: Range;
  readonly result: ReturnType<typeof useMotionSearch>;
  /** What was found, as marks of the timeline; undefined while nothing is searched. */
  readonly edges: readonly Edge[] | undefined;
  readonly open: (channel: number) => void;
  readonly close: () => void;
  readonly setAreas: (areas: Areas) => void;
  readonly setSpan: (span: SearchSpan) => void;
}

/** A search for motion in a part of the pictures, beside the players. */
export function useMotionSearching(view: Range, day: Range): MotionSearching {
  const { t } = useTranslation("playback");
  const [areas, setAreas] = useState<Areas>();
  const [span, setSpan] = useState<SearchSpan>("day");
  const range = spanOf(span, view, day, Date.now());
  const asked = areas === undefined ? undefined : askedAreas(areas);
  const result = useMotionSearch(range, asked);
  const { data } = result;
  const isAsked = asked !== undefined;
  return {
    ...{ areas, isAsked, span, range, result, setAreas, setSpan },
    edges: isAsked && data !== undefined ? edgesOf(data.runs, t("search.mark")) : undefined,
    open: (channel) => setAreas((before) => openedOn(before, channel)),
    close: () => setAreas(undefined),
  };
}
