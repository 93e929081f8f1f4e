import { readFileSync } from "node:fs";

/** What a camera says it sent. Times in ms of CLOCK_MONOTONIC. */
export interface SenderFacts {
  readonly camera: number;
  readonly units: readonly SentUnit[];
  readonly clients: readonly ClientLife[];
  /** When the camera sent nothing on purpose although somebody was connected (stall, hang), or was down. */
  readonly faults: readonly Span[];
}

export interface SentUnit {
  readonly number: number;
  readonly key: boolean;
  readonly rtpTime: number;
  readonly sent: number;
  readonly to: readonly number[];
  readonly damaged: boolean;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface ClientLife extends Span {
  readonly client: number;
}

const clientsOf = (field: string | undefined): number[] =>
  field === undefined || field === "-" ? [] : field.split(",").map(Number);

/** Reads a sender's log (`reed-sender-log 1`). */
export function readSenderLog(path: string): SenderFacts {
  const units: SentUnit[] = [];
  const clients = new Map<number, ClientLife>();
  const faults: Span[] = [];
  let camera = 0;
  let faultSince: number | undefined;
  for (const line of readFileSync(path, "latin1").split("\n")) {
    const f = line.split(" ");
    if (f[0] === "reed-sender-log") camera = parseInt(f[3] ?? "", 16);
    else if (f[0] === "au") {
      const sent = Number(f[4]) / 1000;
      units.push({
        number: Number(f[1]),
        key: f[2] === "K",
        rtpTime: Number(f[3]),
        sent,
        to: clientsOf(f[5]),
        damaged: f[7] !== "0",
      });
    } else if (f[0] === "client") {
      const client = Number(f[1]);
      const at = Number(f[3]) / 1000;
      const known = clients.get(client);
      if (f[2] === "play") clients.set(client, { client, from: at, to: Infinity });
      else if (known !== undefined) clients.set(client, { ...known, to: at });
    } else if (f[0] === "fault") {
      const at = Number(f[1]) / 1000;
      const command = JSON.parse(f.slice(2).join(" ")) as { do: string; downMs?: number };
      if (["down", "stall", "hang"].includes(command.do)) faultSince ??= at;
      else if (command.do === "reboot") faults.push({ from: at, to: at + (command.downMs ?? 0) });
      else if (command.do === "up" && faultSince !== undefined) {
        faults.push({ from: faultSince, to: at });
        faultSince = undefined;
      }
    }
  }
  if (faultSince !== undefined) faults.push({ from: faultSince, to: Infinity });
  return { camera, units, clients: [...clients.values()], faults };
}

/** What happened at a board's terminals. Times in ms of CLOCK_MONOTONIC. */
export interface BoardFacts {
  readonly contacts: ReadonlyMap<number, readonly { readonly at: number; readonly closed: boolean }[]>;
  readonly coils: ReadonlyMap<number, readonly { readonly at: number; readonly on: boolean }[]>;
  /** Connections that were answered. */
  readonly connections: readonly Span[];
  /** When nobody looked at its contacts for more than a moment, although somebody was connected. */
  readonly pauses: readonly Span[];
}

/** Reads a board's log (`reed-board-log 1`). */
export function readBoardLog(path: string): BoardFacts {
  const contacts = new Map<number, { at: number; closed: boolean }[]>();
  const coils = new Map<number, { at: number; on: boolean }[]>();
  const connections = new Map<number, Span>();
  const pauses: Span[] = [];
  const push = <T>(map: Map<number, T[]>, key: number, value: T) => map.set(key, [...(map.get(key) ?? []), value]);
  for (const line of readFileSync(path, "latin1").split("\n")) {
    const f = line.split(" ");
    const subject = Number(f[1]);
    const at = Number(f[3]) / 1000;
    if (f[0] === "contact") push(contacts, subject, { at, closed: f[2] === "closed" });
    else if (f[0] === "coil") push(coils, subject, { at, on: f[2] === "on" });
    else if (f[0] === "pause") pauses.push({ from: Number(f[2]) / 1000, to: at });
    else if (f[0] === "connection" && f[2] === "open") connections.set(subject, { from: at, to: Infinity });
    else if (f[0] === "connection") connections.set(subject, { from: connections.get(subject)?.from ?? at, to: at });
  }
  return { contacts, coils, connections: [...connections.values()], pauses };
}

/** Spans that touch joined into one, oldest first. */
export function union(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && span.from <= last.to)
      joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else if (span.to >= span.from) joined.push(span);
  }
  return joined;
}

export const overlaps = (a: Span, b: Span): boolean => a.from <= b.to && b.from <= a.to;

/** What is left of `span` without `holes`. */
export function without(span: Span, holes: readonly Span[]): Span[] {
  const left: Span[] = [];
  let at = span.from;
  for (const hole of union(holes)) {
    if (hole.from > at) left.push({ from: at, to: Math.min(hole.from, span.to) });
    at = Math.max(at, hole.to);
  }
  if (at < span.to) left.push({ from: at, to: span.to });
  return left.filter((part) => part.to > part.from);
}
