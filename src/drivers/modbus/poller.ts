import { after, type Duration, type Instant } from "../../kernel/time.ts";
import type { ModbusConnection } from "./connection.ts";
import type { ModbusBoard } from "./driver.ts";
import type { Exception } from "./protocol.ts";
import { modbusQuirks } from "./quirks.ts";
import { itemsOf, meaningOf, planReads, splitGroup, type ReadGroup } from "./read-plan.ts";

/** An address that the board refused is asked for again after this long. */
const refusedFor: Duration = 10_000;

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

const part = (group: ReadGroup): Part => ({ group, refusedUntil: undefined, refusal: "" });

/** Throws a sentence when the connection is lost, the board as a whole refuses, or no address is left to read. */
export function startPoller(board: ModbusBoard, connection: ModbusConnection): Poller {
  const { clock, log } = board.deps;
  let parts = planReads(itemsOf(board.settings), modbusQuirks.standard).map(part);

  const read = async ({ group }: Part): Promise<(() => void) | Exception> => {
    const answer = await connection.ask(group.request);
    const at = clock.now();
    if (answer.kind === "exception") return answer.exception;
    const values = answer.kind === "values" ? answer.values : [];
    return () => report(board, group, values, at);
  };
  /** Parts of a refused group that are to be read instead, now. */
  const refuse = (refused: Part, { code, text }: Exception): Part[] => {
    if (!aboutTheAddress.has(code)) throw new Error(text);
    const split = splitGroup(refused.group);
    if (split.length > 1) {
      const singles = split.map(part);
      parts = parts.flatMap((other) => (other === refused ? singles : [other]));
      return singles;
    }
    refused.refusedUntil = after(clock.now(), refusedFor);
    if (refused.refusal !== text) log(text);
    refused.refusal = text;
    return [];
  };
  const round = async (each: (apply: () => void) => void): Promise<void> => {
    const queue = parts.filter(({ refusedUntil }) => refusedUntil === undefined || clock.now() >= refusedUntil);
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const current = next;
      const result = await read(current);
      if (typeof result === "function") {
        current.refusedUntil = undefined;
        current.refusal = "";
        each(result);
        continue;
      }
      const singles = refuse(current, result);
      queue.unshift(...singles);
      if (singles.length === 0) each(() => reportRefused(board, current.group, result.text));
    }
    const readable = parts.some(({ refusedUntil }) => refusedUntil === undefined);
    if (parts.length > 0 && !readable) throw new Error(parts[0]?.refusal);
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
    if (meaning.use === "input") board.levels.saw(meaning.point, { level: meaning.level, at });
    else if (board.outputs.readBack(meaning.point, meaning.state)) {
      board.deps.events.readBack(meaning.point, meaning.state, at);
    }
  }
}

function reportRefused(board: ModbusBoard, group: ReadGroup, reason: string): void {
  const at = board.deps.clock.now();
  for (const item of group.items) {
    if (item.use === "input") board.levels.saw(item.point, { level: "fault", at, reason });
    else board.deps.events.readBack(item.point, "unknown", at);
  }
}
