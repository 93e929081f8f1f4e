/**
 * Short lines of core's journal (docs/design/alarm.md, "Short lines"), read by that page alone: the records that each
 * stands for. What was said before of an open receipt is kept here, as the page says a reader has to.
 */

type Json = { readonly [member: string]: unknown };
type Records = { readonly kind: string; readonly [member: string]: unknown }[];

interface Action {
  readonly id: string;
  readonly [member: string]: unknown;
}

interface Known {
  readonly edge: Json;
  readonly actions: readonly Action[];
  readonly [member: string]: unknown;
}

/** Open receipts by event id. */
export type Memory = Map<string, Known>;

const idOf = (edge: unknown): string => String((edge as Json)["eventId"]);

/** Keeps what a record says of an open receipt. */
export function remember(memory: Memory, record: Json): void {
  const kind = record["kind"];
  if (kind === "state") {
    memory.clear();
    for (const receipt of record["open"] as Known[]) memory.set(idOf(receipt.edge), receipt);
  } else if (kind === "edge") {
    const { edge, armed, actions } = record as unknown as Known & { armed: unknown };
    memory.set(idOf(edge), { edge, armed, actions });
  } else if (kind === "receipt") {
    const receipt = record["receipt"] as Known;
    if (receipt["closedAt"] === undefined) memory.set(idOf(receipt.edge), receipt);
    else memory.delete(idOf(receipt.edge));
  } else if (kind === "facts" || kind === "outcome") {
    const known = memory.get(String(record["eventId"]));
    if (known === undefined) return;
    const { outcome, at, record: facts, output } = record;
    const told = { ...(facts === undefined ? {} : { record: facts }), ...(output === undefined ? {} : { output }) };
    const ended = kind === "outcome" ? { outcome, outcomeAt: at } : {};
    const actions = known.actions.map((one) => (one.id === record["actionId"] ? { ...one, ...told, ...ended } : one));
    memory.set(String(record["eventId"]), { ...known, actions });
  }
}

export function expand(parts: readonly Json[], boot: string, memory: Memory): Records {
  const edges = parts.filter((part) => part["edge"] !== undefined).map((part) => edgeRecord(part, boot));
  const found: Records = [];
  for (const part of parts) {
    const record = recordOf(part, edges, memory);
    if (record === undefined) continue;
    remember(memory, record);
    found.push(record);
  }
  return found;
}

function recordOf(part: Json, edges: Records, memory: Memory): Records[number] | undefined {
  if (part["memory"] !== undefined) return { kind: "input", memory: part["memory"] };
  if (part["edge"] !== undefined) return edges.find(({ edge }) => idOf(edge) === part["edge"]);
  if (part["level"] !== undefined) {
    const edge = edges.map((record) => record["edge"] as Json).find((one) => one["input"] === part["of"]);
    if (edge === undefined) return undefined;
    const { wall } = edge["decidedAt"] as { wall: number };
    const active = edge["kind"] !== "cleared";
    return { kind: "input", memory: { input: part["of"], level: part["level"], active, wall, movedAt: edge["at"] } };
  }
  const eventId = String(part["closed"] ?? part["end"] ?? part["facts"] ?? part["out"]);
  const known = memory.get(eventId);
  if (known === undefined) return undefined;
  if (part["closed"] !== undefined) return { kind: "receipt", receipt: { ...known, closedAt: part["at"] } };
  const place = part["n"] as number | undefined;
  const action = place === undefined ? known.actions.find((one) => one["outcome"] === undefined) : known.actions[place];
  if (action === undefined) return undefined;
  if (part["end"] !== undefined) return { kind: "hold-end", holdId: action.id, endAt: part["at"] };
  const all = { ...(action["record"] as Json | undefined), ...(part["is"] as Json | undefined) };
  const facts = Object.keys(all).length === 0 ? {} : { record: all };
  const of = { eventId, actionId: action.id };
  if (part["facts"] !== undefined) return { kind: "facts", ...of, ...facts };
  return { kind: "outcome", ...of, outcome: part["how"] ?? { kind: "done" }, at: part["at"], ...facts };
}

function edgeRecord(part: Json, boot: string): Records[number] {
  const [instant, wall] = part["t"] as [number, number];
  const decidedAt = { bootId: boot, instant, wall };
  const own = (part["at"] as number | undefined) ?? instant;
  const at = { bootId: boot, instant: own, wall: wall + (own - instant) };
  const eventId = part["edge"];
  const cause = part["cause"] as string | undefined;
  const edge = {
    ...{ eventId, input: part["of"], inputName: part["name"], kind: part["on"], at, decidedAt },
    ...(cause === undefined ? {} : { cause }),
    ...(part["more"] as Json | undefined),
  };
  const because = { rule: `input:${Number(part["of"])}`, eventId };
  const actions = ((part["do"] as unknown[] | undefined) ?? []).map((one): Action => {
    if (Array.isArray(one)) {
      const [id, channel, preS] = one as [string, number, number];
      return { id, target: { kind: "record", channel, preS }, because };
    }
    const { all, id, target, gate } = one as { all?: Action; id: string; target: Json; gate: string };
    return all ?? { id, target, because, outcome: { kind: "suppressed", gate }, outcomeAt: wall };
  });
  const holds = actions.flatMap(({ id, target, outcome }) => {
    const { kind, channel, preS } = target as { kind: string; channel: number; preS: number };
    if (kind !== "record" || outcome !== undefined) return [];
    const of = { holdId: id, eventId, channel, trigger: cause ?? "edge", bootId: boot };
    const bounds = { preMs: preS * 1000, boundAt: own + ((part["max"] as number | undefined) ?? 0) };
    return [{ ...of, edgeAt: own, edgeWall: at.wall, ...bounds }];
  });
  return { kind: "edge", edge, armed: part["armed"] === 1, actions, holds };
}
