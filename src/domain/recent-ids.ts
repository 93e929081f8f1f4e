/** A bounded memory of callers' event ids: at least the last 10 000, in runs of 500 so that adding copies little. */
export interface RecentIds {
  readonly runs: readonly ReadonlyMap<string, string>[];
}

const runLength = 500;
const maxRuns = 21;

export const noIds: RecentIds = { runs: [] };

export function recentId(ids: RecentIds, key: string): string | undefined {
  for (const run of ids.runs) {
    const found = run.get(key);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function rememberId(ids: RecentIds, key: string, eventId: string): RecentIds {
  const [newest, ...older] = ids.runs;
  if (newest === undefined || newest.size >= runLength) {
    return { runs: [new Map([[key, eventId]]), ...ids.runs].slice(0, maxRuns) };
  }
  return { runs: [new Map(newest).set(key, eventId), ...older] };
}
