/**
 * Who belongs to whom at the least cost altogether: the Hungarian method with potentials (Kuhn 1955; Jonker and
 * Volgenant 1987 for the shortest augmenting path), rows × columns in O(rows² × columns).
 *
 * `cost[row][column]`; a pair that must not be is `Infinity`. Of several answers that cost the same it is always the
 * same one. Returns pairs in the order of their rows; a row or column that is in none stayed alone.
 */
export function leastCost(cost: readonly (readonly number[])[]): readonly (readonly [row: number, column: number])[] {
  const rows = cost.length;
  const columns = cost[0]?.length ?? 0;
  if (rows === 0 || columns === 0) return [];
  // staying alone costs more than any set of pairs, so that as many as can be are paired
  const alone = 1 + cost.flat().reduce((sum, value) => (Number.isFinite(value) ? sum + Math.abs(value) : sum), 0);
  const costOf = (row: number, column: number): number => {
    if (column >= columns) return alone;
    const value = cost[row]?.[column] ?? Infinity;
    return Number.isFinite(value) ? value : 2 * alone;
  };
  const rowOf = assign(rows, columns + rows, costOf);
  return rowOf
    .slice(0, columns)
    .flatMap((row, column) => (row >= 0 && Number.isFinite(cost[row]?.[column]) ? [[row, column] as const] : []))
    .sort((a, b) => a[0] - b[0]);
}

/** For each column the row that has it, or -1; there are at least as many columns as rows. */
function assign(rows: number, columns: number, costOf: (row: number, column: number) => number): number[] {
  const ofRow = new Float64Array(rows);
  const ofColumn = new Float64Array(columns);
  const rowOf = new Array<number>(columns).fill(-1);
  for (let row = 0; row < rows; row++) augment(row, columns, costOf, { ofRow, ofColumn, rowOf });
  return rowOf;
}

interface Potentials {
  readonly ofRow: Float64Array;
  readonly ofColumn: Float64Array;
  readonly rowOf: number[];
}

/** Finds the row its column, and moves others where that is cheaper. */
function augment(
  start: number,
  columns: number,
  costOf: (row: number, column: number) => number,
  { ofRow, ofColumn, rowOf }: Potentials,
): void {
  const least = new Float64Array(columns).fill(Infinity);
  const before = new Int32Array(columns).fill(-1);
  const done = new Uint8Array(columns);
  let [row, column] = [start, -1];
  for (;;) {
    let [next, delta] = [-1, Infinity];
    for (let other = 0; other < columns; other++) {
      if (done[other] === 1) continue;
      const reduced = costOf(row, other) - (ofRow[row] ?? 0) - (ofColumn[other] ?? 0);
      if (reduced < (least[other] ?? Infinity)) {
        least[other] = reduced;
        before[other] = column;
      }
      if ((least[other] ?? Infinity) < delta) [next, delta] = [other, least[other] ?? Infinity];
    }
    ofRow[start] = (ofRow[start] ?? 0) + delta;
    for (let other = 0; other < columns; other++) {
      if (done[other] === 1) {
        const taken = rowOf[other] ?? -1;
        ofRow[taken] = (ofRow[taken] ?? 0) + delta;
        ofColumn[other] = (ofColumn[other] ?? 0) - delta;
      } else least[other] = (least[other] ?? Infinity) - delta;
    }
    column = next;
    done[column] = 1;
    const taken = rowOf[column] ?? -1;
    if (taken < 0) break;
    row = taken;
  }
  while (column >= 0) {
    const from = before[column] ?? -1;
    rowOf[column] = from < 0 ? start : (rowOf[from] ?? -1);
    column = from;
  }
}
