/** What of a body of `size` bytes is asked for; `end` is exclusive. */
export type ByteRange =
  | { readonly kind: "all"; readonly start: 0; readonly end: number }
  | { readonly kind: "part"; readonly start: number; readonly end: number }
  | { readonly kind: "unsatisfiable" };

/** A `Range` header of one range (RFC 9110 §14.1.2). Several ranges, and what can't be read, count as no range. */
export function byteRange(header: string | undefined, size: number): ByteRange {
  const all = { kind: "all", start: 0, end: size } as const;
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (match === null) return all;
  const [first, last] = [match[1] ?? "", match[2] ?? ""];
  if (first === "" && last === "") return all;
  if (first === "") {
    const suffix = Math.min(Number(last), size);
    return suffix === 0 ? { kind: "unsatisfiable" } : { kind: "part", start: size - suffix, end: size };
  }
  const start = Number(first);
  const end = last === "" ? size : Math.min(Number(last) + 1, size);
  if (last !== "" && Number(last) < start) return all;
  return start >= size ? { kind: "unsatisfiable" } : { kind: "part", start, end };
}
