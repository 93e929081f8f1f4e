/** The points of a board as its settings list them: changed, added and removed one by one. Pure; no DOM. */
import type { DriverSettings } from "../../../../src/domain/site-config.ts";
import { loopWirings } from "../../../../src/domain/supervised-loop.ts";
import { withReads } from "./loops.ts";

export type Side = "inputs" | "outputs";

/** Families whose points are listed in their settings. */
export type Listed = Extract<DriverSettings, { readonly inputs: readonly { readonly point: number }[] }>;

export const isListed = (driver: DriverSettings): driver is Listed => driver.kind !== "virtual" && "inputs" in driver;

/** Members of a message's payload. */
type MessageMember = "title" | "id";

/** One place of a point that a person can change, with the values that it may have. */
export interface PointField {
  readonly key:
    | ("reads" | "area" | "address" | "bit" | "closedWhen" | "onWhen" | "line" | "topic" | "stateTopic" | "maxS")
    | MessageMember;
  readonly value: string | number;
  readonly kind: "number" | "text" | "bit" | "area" | "reads";
  readonly max?: number;
}

type Row = Readonly<Record<string, unknown>>;

const rowsOf = (driver: Listed, side: Side): readonly Row[] =>
  side === "inputs"
    ? (driver.inputs as readonly unknown[] as readonly Row[])
    : "outputs" in driver
      ? (driver.outputs as readonly unknown[] as readonly Row[])
      : [];

const textAt = (row: Row, key: string): string => {
  const value = row[key];
  return typeof value === "string" ? value : "";
};

const pointOf = (row: Row): number => Number(row["point"]);

export const pointsOf = (driver: Listed, side: Side): readonly number[] => rowsOf(driver, side).map(pointOf);

/** What a reading is: a bit or a word, a message that is no contact, or a supervised loop wired so. */
function reads(row: Row, plain: "bit" | "payload"): PointField {
  if (row["message"] !== undefined) return { key: "reads", kind: "reads", value: "message" };
  const loop = row["loop"];
  const wiring = typeof loop === "object" && loop !== null && "wiring" in loop ? String(loop.wiring) : plain;
  return { key: "reads", kind: "reads", value: wiring };
}

const isRegister = (area: unknown): boolean => area === "holding-bit" || area === "input-bit";

/** What can be changed of a point, in the order in which it is shown. */
export function fieldsOf(driver: Listed, side: Side, point: number): readonly PointField[] {
  const row = rowsOf(driver, side).find((one) => pointOf(one) === point);
  if (row === undefined) return [];
  const number = (key: PointField["key"], max: number): PointField => ({
    ...{ key, kind: "number", max },
    value: Number(row[key] ?? 0),
  });
  const bit = (key: "closedWhen" | "onWhen"): PointField => ({ key, kind: "bit", value: Number(row[key] ?? 1) });
  const text = (key: "topic" | "stateTopic"): PointField => ({ key, kind: "text", value: textAt(row, key) });
  switch (driver.kind) {
    case "modbus-tcp":
    case "modbus-rtu":
      if (side === "outputs") return [number("address", 65_535), bit("onWhen")];
      return [
        { key: "area", kind: "area", value: textAt(row, "area") },
        number("address", 65_535),
        ...(isRegister(row["area"]) ? [reads(row, "bit")] : []),
        ...(isRegister(row["area"]) && row["loop"] === undefined ? [number("bit", 15)] : []),
        ...(row["loop"] === undefined ? [bit("closedWhen")] : []),
      ];
    case "gpio":
      return [number("line", 65_535), bit(side === "inputs" ? "closedWhen" : "onWhen")];
    case "mqtt":
      if (side === "outputs") return [text("topic"), text("stateTopic")];
      return [text("topic"), reads(row, "payload"), ...messageFields(row)];
    case "http-trigger":
      return [{ ...number("maxS", 3600), value: Number(row["maxS"] ?? 600) }];
  }
}

const rowIn = (row: Row, key: string): Row | undefined =>
  typeof row[key] === "object" && row[key] !== null ? (row[key] as Row) : undefined;

function messageFields(row: Row): readonly PointField[] {
  const message = rowIn(row, "message");
  if (message === undefined) return [];
  return (["title", "id"] as const).map((key) => ({ key, kind: "text", value: textAt(message, key) }));
}

const withRows = (driver: Listed, side: Side, rows: readonly Row[]): Listed => ({ ...driver, [side]: rows });

/** The driver with one place of a point changed. An empty state topic is none; a bit belongs to registers only. */
export function changePoint(
  driver: Listed,
  side: Side,
  point: number,
  { key, value }: Pick<PointField, "key" | "value">,
): Listed {
  if (key === "reads") {
    const plain = withReads(driver, point, loopWirings.find((wiring) => wiring === value) ?? "plain");
    return changeRow(plain, side, point, (row) => withMessage(row, value === "message" ? {} : undefined));
  }
  return changeRow(driver, side, point, (row) =>
    key === "title" || key === "id" ? withMember(row, key, String(value)) : cleaned({ ...row, [key]: value }),
  );
}

const changeRow = (driver: Listed, side: Side, point: number, change: (row: Row) => Row): Listed =>
  withRows(
    driver,
    side,
    rowsOf(driver, side).map((row) => (pointOf(row) === point ? change(row) : row)),
  );

function withMessage(row: Row, message: Row | undefined): Row {
  const rest = Object.fromEntries(Object.entries(row).filter(([name]) => name !== "message"));
  return message === undefined ? rest : { ...rest, message };
}

/** An empty member is none. */
function withMember(row: Row, key: MessageMember, value: string): Row {
  const others = Object.fromEntries(Object.entries(rowIn(row, "message") ?? {}).filter(([name]) => name !== key));
  return withMessage(row, value === "" ? others : { ...others, [key]: value });
}

function cleaned(row: Row): Row {
  const without = (name: string) => Object.fromEntries(Object.entries(row).filter(([key]) => key !== name));
  if (row["stateTopic"] === "") return without("stateTopic");
  if ("area" in row && !isRegister(row["area"]))
    return Object.fromEntries(Object.entries(row).filter(([key]) => key !== "bit" && key !== "loop"));
  return "area" in row && row["loop"] === undefined ? { ...row, bit: row["bit"] ?? 0 } : row;
}

/** One more point behind the last: as that one, at the next place. */
export function addPoint(driver: Listed, side: Side): Listed {
  const rows = rowsOf(driver, side);
  const last = rows.at(-1);
  const point = Math.max(0, ...rows.map(pointOf)) + 1;
  const next = last === undefined ? firstRow(driver, side, point) : { ...following(last), point };
  return withRows(driver, side, [...rows, next]);
}

/** A key is never copied: the server makes a new one. */
function following(last: Row): Row {
  const rest = Object.fromEntries(Object.entries(last).filter(([name]) => name !== "key"));
  if (typeof rest["bit"] === "number") {
    const bit = (rest["bit"] + 1) % 16;
    return { ...rest, bit, address: Number(rest["address"]) + (bit === 0 ? 1 : 0) };
  }
  for (const name of ["address", "line"]) {
    if (typeof rest[name] === "number") return { ...rest, [name]: rest[name] + 1 };
  }
  return rest;
}

function firstRow(driver: Listed, side: Side, point: number): Row {
  switch (driver.kind) {
    case "modbus-tcp":
    case "modbus-rtu":
      return side === "inputs"
        ? { point, area: "discrete-input", address: 0, closedWhen: 1 }
        : { point, address: 0, onWhen: 1 };
    case "gpio":
      return side === "inputs" ? { point, line: 0, closedWhen: 0 } : { point, line: 0, onWhen: 1 };
    case "mqtt":
      return side === "inputs"
        ? { point, topic: "", payload: { closed: "ON", open: "OFF" } }
        : { point, topic: "", on: "ON", off: "OFF" };
    case "http-trigger":
      return { point, maxS: 600 };
  }
}

/** What finds a point on its board; a key is the server's. All else is how it is read or switched. */
const places = ["point", "address", "bit", "line", "topic", "stateTopic", "key"];

/** The driver with those points read (or switched) as `from` is; each stays where it is. */
export function copyPoint(driver: Listed, side: Side, from: number, to: readonly number[]): Listed {
  const source = rowsOf(driver, side).find((row) => pointOf(row) === from) ?? {};
  const part = (row: Row, ofPlace: boolean) =>
    Object.fromEntries(Object.entries(row).filter(([name]) => places.includes(name) === ofPlace));
  return to.reduce(
    (changed, point) =>
      changeRow(changed, side, point, (row) => cleaned({ ...part(source, false), ...part(row, true) })),
    driver,
  );
}

export const removePoint = (driver: Listed, side: Side, point: number): Listed =>
  withRows(
    driver,
    side,
    rowsOf(driver, side).filter((row) => pointOf(row) !== point),
  );

/** The first point with a place that can't be: a topic that is empty, a number that is none. */
export function badPoint(driver: DriverSettings): number | undefined {
  if (!isListed(driver)) return undefined;
  const bad = (side: Side) =>
    pointsOf(driver, side).find((point) =>
      fieldsOf(driver, side, point).some(
        ({ key, value }) => (key === "topic" && value === "") || (typeof value === "number" && Number.isNaN(value)),
      ),
    );
  return bad("inputs") ?? bad("outputs");
}
