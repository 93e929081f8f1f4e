/**
 * What a walk test has proved so far: for each input the cameras, relays and receivers that it is linked to, each proved,
 * refuted, held back or still waited for. Pure: out of the configuration and the receipts of the trips, so that the page
 * and the test record say the same.
 */
import type { ZoneType } from "./arming.ts";
import { zoneOf } from "./arming.ts";
import type { InputKind } from "./input-kind.ts";
import type { Receipt, ReceiptAction } from "./receipt.ts";
import type { SensorType } from "./level.ts";
import type { AlarmInputSettings, SiteConfig } from "./site-config.ts";

/**
 * `untripped`: nobody has tripped it yet. `waiting`: no word yet. `proved`: after so many ms from the edge. `failed`: it
 * did not. `untested`: held back on purpose, or it can't be proved. `none`: nothing of the kind is linked.
 */
export type Tick =
  | { readonly kind: "untripped" | "waiting" | "none" }
  | { readonly kind: "proved"; readonly ms: number }
  | { readonly kind: "failed" | "untested"; readonly reason: string };

/** A camera, a relay or a receiver. `eventId`: the trip that its tick is of. */
export interface WalkPart {
  readonly id: number;
  readonly name: string;
  readonly tick: Tick;
  readonly eventId?: string;
}

export interface WalkRow {
  readonly input: number;
  readonly name: string;
  readonly kind: InputKind;
  readonly zone: ZoneType;
  readonly wiring: SensorType;
  readonly board: string;
  readonly point: number;
  /** Wall times. */
  readonly trips: readonly number[];
  readonly footage: Tick;
  readonly relay: Tick;
  readonly message: Tick;
  readonly cameras: readonly WalkPart[];
  readonly relays: readonly WalkPart[];
  readonly messages: readonly WalkPart[];
  /** `proved`: tripped, and everything that is linked is proved. `partly`: some of it was held back, or it has no camera. */
  readonly verdict: "untripped" | "waiting" | "proved" | "partly" | "failed";
}

/** A row for each input of the test, in the order in which they are numbered. `receipts`: of this test, oldest first. */
export function walkRows(config: SiteConfig, inputs: readonly number[], receipts: readonly Receipt[]): WalkRow[] {
  return config.inputs
    .filter(({ input }) => inputs.includes(input))
    .sort((a, b) => a.input - b.input)
    .map((settings) =>
      rowOf(
        config,
        settings,
        receipts.filter(({ edge }) => edge.input === settings.input && edge.kind !== "cleared"),
      ),
    );
}

function rowOf(config: SiteConfig, settings: AlarmInputSettings, trips: readonly Receipt[]): WalkRow {
  const { input, name, kind, type, point, linkage } = settings;
  const board = config.boards.find((one) => one.board === settings.board)?.name ?? "";
  const part = (id: number, known: string | undefined, target: "record" | "output" | "notify"): WalkPart => {
    const found = bestTick(trips, target, id);
    return {
      id,
      name: known ?? String(id),
      ...(found ?? { tick: { kind: trips.length === 0 ? "untripped" : "waiting" } }),
    };
  };
  const cameras = unique(linkage.recordChannels).map((id) =>
    part(id, config.channels.find(({ channel }) => channel === id)?.name, "record"),
  );
  const relays = unique(linkage.outputs.map(({ output }) => output)).map((id) =>
    part(id, config.outputs.find(({ output }) => output === id)?.name, "output"),
  );
  const messages = unique(linkage.notifiers).map((id) =>
    part(id, config.notifiers.find(({ notifier }) => notifier === id)?.name, "notify"),
  );
  const ticks = { footage: together(cameras), relay: together(relays), message: together(messages) };
  const facts = { input, name, kind, zone: zoneOf(settings), wiring: type, board, point };
  const at = trips.map(({ edge }) => edge.at.wall);
  return {
    ...facts,
    trips: at,
    ...ticks,
    cameras,
    relays,
    messages,
    verdict: verdictOf(at.length, Object.values(ticks)),
  };
}

function verdictOf(trips: number, ticks: readonly Tick[]): WalkRow["verdict"] {
  if (trips === 0) return "untripped";
  const has = (kind: Tick["kind"]) => ticks.some((tick) => tick.kind === kind);
  if (has("failed")) return "failed";
  if (has("waiting") || has("untripped")) return "waiting";
  return has("untested") || ticks[0]?.kind === "none" ? "partly" : "proved";
}

const order: readonly Tick["kind"][] = ["proved", "waiting", "failed", "untested", "untripped", "none"];

/** Of several trips the best counts: once proved it stays proved; what failed may be tried again. */
function bestTick(
  trips: readonly Receipt[],
  kind: ReceiptAction["target"]["kind"],
  id: number,
): { readonly tick: Tick; readonly eventId: string } | undefined {
  const found = trips.flatMap((receipt) =>
    receipt.actions
      .filter((action) => action.target.kind === kind && idOf(action) === id && action.escalateAt === undefined)
      .map((action) => ({ tick: tickOf(action, receipt), eventId: receipt.edge.eventId })),
  );
  return found.toSorted((a, b) => order.indexOf(a.tick.kind) - order.indexOf(b.tick.kind))[0];
}

const idOf = ({ target }: ReceiptAction): number =>
  target.kind === "output" ? target.output : target.kind === "notify" ? target.notifier : target.channel;

/** What the receipt proves of one action. */
export function tickOf(action: ReceiptAction, { edge }: Receipt): Tick {
  const { target, outcome, record, output } = action;
  if (outcome?.kind === "suppressed") return { kind: "untested", reason: outcome.gate };
  if (target.kind === "record") {
    if (record?.newFrameAfterMs !== undefined) return { kind: "proved", ms: record.newFrameAfterMs };
    if (outcome?.kind === "failed" || outcome?.kind === "short") return { kind: "failed", reason: outcome.reason };
    if (outcome?.kind === "done") return { kind: "failed", reason: "no picture came after the edge" };
    return { kind: "waiting" };
  }
  if (outcome === undefined) return { kind: "waiting" };
  if (outcome.kind !== "done") return { kind: "failed", reason: outcome.reason };
  if (target.kind === "notify")
    return { kind: "proved", ms: Math.max(0, (action.outcomeAt ?? edge.at.wall) - edge.at.wall) };
  return output?.confirmedAfterMs === undefined
    ? { kind: "untested", reason: "switched, but its board can't be read back" }
    : { kind: "proved", ms: output.confirmedAfterMs };
}

/** One tick for all of a kind: the worst, and of proved ones the slowest. */
function together(parts: readonly WalkPart[]): Tick {
  if (parts.length === 0) return { kind: "none" };
  const ticks = parts.map(({ tick }) => tick);
  for (const kind of ["failed", "untripped", "waiting", "untested"] as const) {
    const found = ticks.find((tick) => tick.kind === kind);
    if (found !== undefined) return found;
  }
  return { kind: "proved", ms: Math.max(...ticks.map((tick) => (tick.kind === "proved" ? tick.ms : 0))) };
}

const unique = (ids: readonly number[]): number[] => [...new Set(ids)];
