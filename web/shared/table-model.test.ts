import assert from "node:assert/strict";
import { test } from "node:test";
import { tableCsv, tableRows, type Column } from "./table-model.ts";

interface Row {
  readonly name: string;
  readonly n: number;
}
const columns: readonly Column<Row>[] = [
  { key: "name", title: "Name", value: (row) => row.name },
  { key: "n", title: "Number", value: (row) => row.n },
];
const rows: readonly Row[] = [
  { name: "Door 10", n: 10 },
  { name: "Door 9", n: 9 },
  { name: "Gate", n: 2 },
];

test("every word of a filter has to be somewhere in the row", () => {
  assert.deepEqual(
    tableRows(rows, columns, "door 9").map(({ n }) => n),
    [9],
  );
  assert.equal(tableRows(rows, columns, "").length, 3);
});

test("names with numbers are sorted as people count, and the rows given stay as they were", () => {
  const sorted = tableRows(rows, columns, "", { key: "name", down: false });
  assert.deepEqual(
    sorted.map(({ n }) => n),
    [9, 10, 2],
  );
  assert.deepEqual(
    tableRows(rows, columns, "", { key: "n", down: true }).map(({ n }) => n),
    [10, 9, 2],
  );
  assert.equal(rows[0]?.n, 10);
});

test("CSV quotes what needs it and disarms formulas, but leaves numbers alone", () => {
  const odd = [
    { name: 'a "b", c', n: -1 },
    { name: "=1+1", n: 2 },
  ];
  assert.equal(tableCsv(odd, columns), 'Name,Number\r\n"a ""b"", c",-1\r\n\'=1+1,2\r\n');
});
