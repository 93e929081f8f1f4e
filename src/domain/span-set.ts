/** Spans of time in order and without overlaps: added to at any place, found by halving. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface SpanSet {
  /** Joins what it overlaps or touches. */
  add(span: Span): void;
  /** Does any span reach into this one? Both bounds count. */
  reaches(span: Span): boolean;
  /** Forgets what ends before `at`. */
  forget(at: number): void;
  readonly size: number;
}

export function createSpanSet(): SpanSet {
  let spans: Span[] = [];
  /** How many begin at or before `at`. */
  const begun = (at: number): number => {
    let low = 0;
    let high = spans.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((spans[middle]?.from ?? Infinity) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    add(span) {
      if (!(span.to >= span.from)) return;
      const end = begun(span.to);
      let first = end;
      let joined = span;
      for (; first > 0; first--) {
        const before = spans[first - 1];
        if (before === undefined || before.to < span.from) break;
        joined = { from: Math.min(joined.from, before.from), to: Math.max(joined.to, before.to) };
      }
      spans.splice(first, end - first, joined);
    },
    reaches: ({ from, to }) => (spans[begun(to) - 1]?.to ?? -Infinity) >= from,
    forget(at) {
      spans = spans.filter((span) => span.to >= at);
    },
    get size() {
      return spans.length;
    },
  };
}
