import { after, type Duration, type Instant } from "../../kernel/time.ts";
import type { ModbusConnection } from "./connection.ts";
import type { ModbusBoard } from "./driver.ts";
import type { Exception } from "./protocol.ts";
import { modbusQuirks } from "./quirks.ts";
import { halveGroup, itemsOf, meaningOf, planReads, type Meaning, type ReadGroup } from "./read-plan.ts";

/** An address that the board refused is asked for again after this long, one such address a poll. */
const refusedFor: Duration = 60_000;

/** Exceptions that are about the address asked for, not about the board as a whole (app §7: function, address, value). */
const aboutTheAddress = new Set([1, 2, 3]);

/** Reads everything of a board, group by group. A refused address is at fault alone and does not blind the others. */
export interface Poller {
  /** One round without reporting: what to report, in order. */
  readAll(): Promise<(() => void)[]>;
  /** One round; each group is reported as soon as it is read. */
  poll(): Promise<void>;
}

interface Part {
  readonly group: ReadGroup;
  refusedUntil: Instant | undefined;
  /** The last refusal, to log a change only. */
  refusal: string;
}

const isReadable = ({ refusedUntil }: Part): boolean => refusedUntil === undefined;

const part = (group: ReadGroup): Part => ({ group, refusedUntil: undefined, refusal: "" });

/** Throws a sentence when the connection is lost, the board as a whole refuses, or no address is left to read. */
export function startPoller(board: ModbusBoard, connection: ModbusConnection): Poller {
  const { clock, log } = board.deps;
  const plan = (): Part[] => planReads(itemsOf(board.settings), modbusQuirks.standard).map(part);
  let parts = plan();

  const read = async ({ group }: Part): Promise<(() => void) | Exception> => {
    const answer = await connection.ask(group.request);
    board.deps.events.heard(answer.kind !== "exception");
    const at = clock.now();
    if (answer.kind === "exception") return answer.exception;
    const values = answer.kind === "values" ? answer.values : [];
    return () => report(board, group, values, at);
  };
  /** Parts of a refused group that are to be read instead, now. */
  const refuse = (refused: Part, { code, text }: Exception): Part[] => {
    if (!aboutTheAddress.has(code)) throw new Error(text);
    if (refused.group.request.count > 1) {
      const halves = halveGroup(refused.group).map(part);
      parts = parts.flatMap((other) => (other === refused ? halves : [other]));
      return halves;
    }
    refused.refusedUntil = after(clock.now(), refusedFor);
    if (refused.refusal !== text) log(text);
    refused.refusal = text;
    return [];
  };
  /** A refused address answers: the last one brings the large reads back. */
  const accept = (answered: Part): void => {
    if (answered.refusedUntil === undefined) return;
    answered.refusedUntil = undefined;
    answered.refusal = "";
    if (parts.every(isReadable)) parts = plan();
  };
  const round = async (each: (apply: () => void) => void): Promise<void> => {
    const retried = parts.find(({ refusedUntil }) => refusedUntil !== undefined && clock.now() >= refusedUntil);
    const queue = parts.filter((candidate) => isReadable(candidate) || candidate === retried);
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const current = next;
      const result = await read(current);
      if (typeof result === "function") {
        accept(current);
        each(result);
        continue;
      }
      const halves = refuse(current, result);
      queue.unshift(...halves);
      if (halves.length === 0) each(() => reportRefused(board, current.group, result.text));
    }
    if (parts.length > 0 && !parts.some(isReadable)) throw new Error(parts[0]?.refusal);
  };
  return {
    async readAll() {
      const found: (() => void)[] = [];
      await round((apply) => found.push(apply));
      return found;
    },
    poll: () => round((apply) => apply()),
  };
}

function report(board: ModbusBoard, group: ReadGroup, values: readonly number[], at: Instant): void {
  for (const meaning of meaningOf(group, values)) {
    if (meaning.use === "supply") board.supplies.set(meaning.point, meaning.reading);
    else if (meaning.use === "loop") reportLoop(board, meaning, at);
    else if (meaning.use === "input") board.levels.saw(meaning.point, { level: meaning.level, at });
    else if (board.outputs.readBack(meaning.point, meaning.state)) {
      board.deps.events.readBack(meaning.point, meaning.state, at);
    }
  }
}

/** A loop whose supply is not known (its register was refused) stays at fault, for the reason told then. */
function reportLoop({ loops, supplies }: ModbusBoard, meaning: Extract<Meaning, { use: "loop" }>, at: Instant): void {
  const { point, loop, reading } = meaning;
  const reference = supplies.get(point);
  if (loop.referenceAddress === undefined || reference !== undefined)
    loops.read(point, loop, reading, { at, reference });
}

function reportRefused(board: ModbusBoard, group: ReadGroup, reason: string): void {
  const at = board.deps.clock.now();
  for (const item of group.items) {
    if (item.use !== "output") {
      board.supplies.delete(item.point);
      board.loops.forget(item.point);
      if (item.use !== "input") board.deps.events.measured?.(item.point, { state: "fault", reason });
      board.levels.saw(item.point, { level: "fault", at, reason });
    } else board.deps.events.readBack(item.point, "unknown", at);
  }
}
