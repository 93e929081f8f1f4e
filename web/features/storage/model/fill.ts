/** How a volume's bar is divided. */
export interface Part {
  /** A cause of footage, `other` for what is not Reed's, `free`. */
  readonly what: string;
  readonly bytes: number;
  /** Of the whole disk, 0–1. */
  readonly share: number;
}

export interface Fill {
  readonly parts: readonly Part[];
  /** Where Reed's own limit lies on the bar, when it is told. */
  readonly limit?: number;
}

interface Filled {
  readonly causes: readonly { readonly cause: string; readonly bytes: number }[];
  readonly limitBytes?: number;
  readonly live?: { readonly totalBytes: number; readonly freeBytes: number; readonly usedBytes: number };
}

/** The order in which footage is drawn: what matters least first. */
const order = ["continuous", "manual", "motion", "intelligent", "alarm"];
const place = (cause: string): number => (order.includes(cause) ? order.indexOf(cause) : order.length);

/** Footage by what it shows, other files, free room: together the whole disk. Empty while nothing is known of it. */
export function fillOf(volume: Filled): Fill {
  const { live, limitBytes } = volume;
  if (live === undefined || live.totalBytes <= 0) return { parts: [] };
  const total = live.totalBytes;
  const footage = volume.causes.toSorted((a, b) => place(a.cause) - place(b.cause));
  const counted = footage.reduce((sum, { bytes }) => sum + bytes, 0);
  // the database counts every half minute, the disk is looked at every few seconds
  const other = Math.max(0, total - live.freeBytes - Math.max(counted, live.usedBytes));
  const parts = [
    ...footage.map(({ cause, bytes }) => ({ what: cause, bytes })),
    { what: "other", bytes: other },
    { what: "free", bytes: live.freeBytes },
  ];
  return {
    parts: parts.filter(({ bytes }) => bytes > 0).map((part) => ({ ...part, share: Math.min(1, part.bytes / total) })),
    ...(limitBytes === undefined ? {} : { limit: Math.min(1, limitBytes / total) }),
  };
}

/** The last days of a calendar, oldest first, as `2026-11-22`; `last` is the newest. */
export function lastDays(last: string, count: number): string[] {
  const end = Date.parse(`${last}T12:00:00Z`);
  return Array.from({ length: count }, (_, i) =>
    new Date(end - (count - 1 - i) * 86_400_000).toISOString().slice(0, 10),
  );
}
