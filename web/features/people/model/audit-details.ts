/** What stands in the details of a line of the audit log, as words and values to show one after the other. */
export interface Detail {
  readonly key: string;
  readonly value: string;
}

/** Members whose numbers are moments. */
const moments = new Set(["from", "to", "since", "until", "at"]);

function plain(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "–" : value.map(plain).join(", ");
  if (typeof value === "object" && value !== null) {
    return Object.entries(value)
      .map(([key, inner]) => `${key} ${plain(inner)}`)
      .join(", ");
  }
  return String(value);
}

/** `time` formats milliseconds since 1970. What is empty is left out. */
export function detailsOf(details: unknown, time: (wall: number) => string): readonly Detail[] {
  if (typeof details !== "object" || details === null) return [];
  return Object.entries(details)
    .filter(([, value]) => value !== undefined && value !== "" && value !== null)
    .map(([key, value]) => ({
      key,
      value: moments.has(key) && typeof value === "number" ? time(value) : plain(value),
    }));
}
