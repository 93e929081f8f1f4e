/** Which reads one poll consists of, and what each value means. Pure. */
import type { Level, OutputState } from "../../domain/level.ts";
import type { ModbusArea, ModbusLoop, ModbusSettings } from "../../domain/site-config.ts";
import type { ReadRequest } from "./protocol.ts";
import type { ModbusQuirks } from "./quirks.ts";

interface Place {
  readonly point: number;
  readonly area: ModbusArea;
  readonly address: number;
}
/** An input or the coil of an output, with the value that means closed or on; or a register that reads a loop or its supply. */
export type ReadItem =
  | (Place & { readonly use: "loop"; readonly loop: ModbusLoop })
  | (Place & { readonly use: "supply" })
  | (Place & { readonly use: "input"; readonly bit: number | undefined; readonly closedWhen: 0 | 1 })
  | (Place & { readonly use: "output"; readonly onWhen: 0 | 1 });

export interface ReadGroup {
  readonly request: ReadRequest;
  readonly items: readonly ReadItem[];
}

/** Everything that a board's settings ask to be looked at. */
export function itemsOf(settings: ModbusSettings): ReadItem[] {
  return [
    ...settings.inputs.flatMap(({ point, area, address, bit, closedWhen, loop }): ReadItem[] => {
      if (loop !== undefined) return loopItems({ point, area, address }, loop);
      const register = area === "holding-bit" || area === "input-bit";
      return [{ use: "input", point, area, address, bit: register ? (bit ?? 0) : undefined, closedWhen }];
    }),
    ...settings.outputs.map(({ point, address, onWhen }): ReadItem => ({
      use: "output",
      point,
      area: "coil",
      address,
      onWhen,
    })),
  ];
}

function loopItems(place: Place, loop: ModbusLoop): ReadItem[] {
  const { referenceAddress } = loop;
  const reading: ReadItem = { ...place, use: "loop", loop };
  return referenceAddress === undefined ? [reading] : [{ ...place, address: referenceAddress, use: "supply" }, reading];
}

/**
 * Groups neighbouring addresses of one area into one read each, inputs before outputs, supplies before what they
 * feed. Gaps are not bridged: a board
 * refuses a whole read for one address that it lacks.
 */
export function planReads(items: readonly ReadItem[], limits: ModbusQuirks): ReadGroup[] {
  const groups: { request: ReadRequest; items: ReadItem[] }[] = [];
  const sorted = [...items].sort((a, b) => a.area.localeCompare(b.area) || a.address - b.address);
  for (const item of sorted) {
    const group = groups.at(-1);
    const count = group === undefined ? 0 : item.address - group.request.address + 1;
    const most = item.area === "coil" || item.area === "discrete-input" ? limits.maxBits : limits.maxRegisters;
    if (group !== undefined && item.area === group.request.area && count <= group.request.count + 1 && count <= most) {
      group.request = { ...group.request, count };
      group.items.push(item);
    } else {
      groups.push({ request: { kind: "read", area: item.area, address: item.address, count: 1 }, items: [item] });
    }
  }
  return groups.sort((a, b) => rankOf(b) - rankOf(a));
}

const has = (group: ReadGroup, ...uses: ReadItem["use"][]): boolean =>
  group.items.some(({ use }) => uses.includes(use));
const rankOf = (group: ReadGroup): number => (has(group, "supply") ? 2 : has(group, "input", "loop") ? 1 : 0);

/** Two halves, to find the address that a board refuses in few reads. A group of one address is not split further. */
export function halveGroup(group: ReadGroup): ReadGroup[] {
  const { address, count } = group.request;
  if (count === 1) return [group];
  const middle = address + Math.ceil(count / 2);
  return [
    {
      request: { ...group.request, count: middle - address },
      items: group.items.filter((item) => item.address < middle),
    },
    {
      request: { ...group.request, address: middle, count: address + count - middle },
      items: group.items.filter((item) => item.address >= middle),
    },
  ];
}

export type Meaning =
  | { readonly use: "supply"; readonly point: number; readonly reading: number }
  | { readonly use: "loop"; readonly point: number; readonly reading: number; readonly loop: ModbusLoop }
  | { readonly use: "input"; readonly point: number; readonly level: Level }
  | { readonly use: "output"; readonly point: number; readonly state: OutputState };

/** What the values of a group's reply mean, supplies first, else in the order of the group's items. */
export function meaningOf(group: ReadGroup, values: readonly number[]): Meaning[] {
  const supplies = group.items.filter(({ use }) => use === "supply");
  return [...supplies, ...group.items.filter(({ use }) => use !== "supply")].map((item) => {
    const value = values[item.address - group.request.address] ?? 0;
    if (item.use === "supply") return { use: item.use, point: item.point, reading: value };
    if (item.use === "loop") return { use: item.use, point: item.point, reading: value, loop: item.loop };
    if (item.use === "output") {
      return { use: "output", point: item.point, state: value === item.onWhen ? "on" : "off" };
    }
    const bit = item.bit === undefined ? value : (value >> item.bit) & 1;
    return { use: "input", point: item.point, level: bit === item.closedWhen ? "closed" : "open" };
  });
}
