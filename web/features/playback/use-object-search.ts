import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Channel } from "../../shared/types.ts";
import type { Edge } from "./api/edges.ts";
import { useObjectSearch, useSeenLabels, type FoundObject } from "./api/objects.ts";
import { spanOf, type SearchSpan } from "./model/found.ts";
import type { Range } from "./model/line.ts";
import type { SeenLabel } from "../../../src/contract/object-search.ts";
import { labelChoices, objectEdges, objectsAsked, type ObjectChoice } from "./model/objects.ts";

export interface ObjectSearching {
  readonly isOpen: boolean;
  /** Cameras that may be searched, and those that are. */
  readonly searchable: readonly Channel[];
  readonly searched: readonly number[];
  readonly span: SearchSpan;
  readonly who: ObjectChoice;
  /** What can be looked for by its label. */
  readonly labels: readonly Pick<SeenLabel, "label" | "count">[];
  readonly result: ReturnType<typeof useObjectSearch>;
  readonly found: readonly FoundObject[];
  /** What was found, as marks of the timeline; undefined while nothing is searched. */
  readonly edges: readonly Edge[] | undefined;
  readonly open: () => void;
  readonly close: () => void;
  readonly setSpan: (span: SearchSpan) => void;
  readonly setWho: (who: ObjectChoice) => void;
  readonly setSearched: (channels: readonly number[]) => void;
}

/** A search for people and vehicles, beside the players; before all cameras until somebody chooses some. */
export function useObjectSearching(searchable: readonly Channel[], view: Range, day: Range): ObjectSearching {
  const { t } = useTranslation("playback");
  const [isOpen, setOpen] = useState(false);
  const [span, setSpan] = useState<SearchSpan>("day");
  const [who, setWho] = useState<ObjectChoice>({ target: "all" });
  const [chosen, setSearched] = useState<readonly number[]>();
  const searched = searchable.map(({ channel }) => channel).filter((one) => chosen?.includes(one) ?? true);
  const asked = objectsAsked(searched, spanOf(span, view, day, Date.now()), who);
  const result = useObjectSearch(isOpen ? asked : undefined);
  const labels = labelChoices(useSeenLabels(isOpen ? asked : undefined).data ?? [], who);
  const found = result.data?.pages.flatMap(({ objects }) => objects) ?? [];
  return {
    ...{ isOpen, searchable, searched, span, who, labels, result, found, setSpan, setWho, setSearched },
    edges: isOpen ? objectEdges(found, t("objects.mark")) : undefined,
    open: () => setOpen(true),
    close: () => setOpen(false),
  };
}
