/** Sorting, filtering and CSV of tables, without a table. */

export interface Column<T> {
  readonly key: string;
  /** Heading, in the reader's language. */
  readonly title: string;
  /** What is sorted, filtered and written to CSV. */
  readonly value: (row: T) => string | number;
  /** Not shown until somebody chooses it. */
  readonly hidden?: boolean;
}

export interface Sorting {
  readonly key: string;
  readonly down: boolean;
}

/** Rows that have every word of the filter in some column, sorted; equal ones keep their order. */
export function tableRows<T>(
  rows: readonly T[],
  columns: readonly Column<T>[],
  filter: string,
  sorting?: Sorting,
): readonly T[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (row: T) => {
    const text = columns.map((column) => String(column.value(row)).toLowerCase()).join("\n");
    return words.every((word) => text.includes(word));
  };
  const chosen = words.length === 0 ? [...rows] : rows.filter(fits);
  const column = columns.find((one) => one.key === sorting?.key);
  if (column === undefined || sorting === undefined) return chosen;
  const sign = sorting.down ? -1 : 1;
  return chosen.sort((one, other) => sign * compare(column.value(one), column.value(other)));
}

const compare = (one: string | number, other: string | number): number =>
  typeof one === "number" && typeof other === "number"
    ? one - other
    : String(one).localeCompare(String(other), undefined, { numeric: true });

/**
 * CSV as RFC 4180 §2 says it: CRLF, quotes doubled. A text that a spreadsheet would take for a formula gets an
 * apostrophe, so that a camera's name can't run anything (OWASP, CSV injection).
 */
export function tableCsv<T>(rows: readonly T[], columns: readonly Column<T>[]): string {
  const cell = (value: string | number) => {
    const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [columns.map(({ title }) => title), ...rows.map((row) => columns.map(({ value }) => value(row)))];
  return lines.map((line) => line.map(cell).join(",") + "\r\n").join("");
}
