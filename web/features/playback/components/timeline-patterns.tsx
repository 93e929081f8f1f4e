import type { ReactElement } from "react";
import type { BandKind } from "../model/bands.ts";

/** Colours of the record kinds; each has a pattern of its own, for people who see colours differently. */
export const bandColours: Readonly<Record<BandKind, string>> = {
  continuous: "#2f9e44",
  motion: "#f2c200",
  alarm: "#e03131",
  "motion-alarm": "#f76707",
  intelligent: "#1c7ed6",
  manual: "#7048e8",
  gap: "#868e96",
};

const line = { stroke: "#000", strokeOpacity: 0.45, strokeWidth: 1.5 } as const;

const marks: Readonly<Record<BandKind, ReactElement | null>> = {
  continuous: null,
  motion: <circle cx="4" cy="4" r="1.4" fill="#000" fillOpacity="0.5" />,
  alarm: <path d="M0 8 L8 0" {...line} stroke="#fff" strokeOpacity={0.75} />,
  "motion-alarm": <path d="M0 8 L8 0 M0 0 L8 8" {...line} />,
  intelligent: <path d="M4 0 V8" {...line} stroke="#fff" strokeOpacity={0.7} />,
  manual: <path d="M0 4 H8" {...line} stroke="#fff" strokeOpacity={0.7} />,
  gap: <path d="M0 0 L8 8" stroke="#868e96" strokeWidth={2} />,
};

export const patternOf = (kind: BandKind): string => `url(#band-${kind})`;

export function TimelinePatterns(): ReactElement {
  return (
    <defs>
      {(Object.keys(marks) as BandKind[]).map((kind) => (
        <pattern key={kind} id={`band-${kind}`} width="8" height="8" patternUnits="userSpaceOnUse">
          <rect width="8" height="8" fill={bandColours[kind]} fillOpacity={kind === "gap" ? 0.12 : 1} />
          {marks[kind]}
        </pattern>
      ))}
    </defs>
  );
}
