/** Counts what can't be read, one count a key, and logs only when that begins and when it ends. */
export interface Complaints {
  bad(key: string, reason: string): void;
  good(key: string): void;
}

export function countComplaints(log: (message: string, details?: Record<string, unknown>) => void): Complaints {
  const counts = new Map<string, number>();
  return {
    bad(key, reason) {
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      // the first, then each time that the count has grown tenfold
      if (/^10*$/.test(String(count))) log(`message ignored: ${reason}`, { where: key, count });
    },
    good(key) {
      const count = counts.get(key);
      if (count === undefined) return;
      counts.delete(key);
      log("messages can be read again", { where: key, ignored: count });
    },
  };
}
