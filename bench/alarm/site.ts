import { readFileSync } from "node:fs";
import { startBoardProgram, type BoardProgram } from "../../test/support/board.ts";
import { pause, until, type Json } from "../../test/support/reed.ts";
import type { ReedUnderTest } from "../support/farm.ts";

/** Four doors with a relay each, so that edges can follow each other faster than one relay's hold ends. */
export const doors = 4;

export interface AlarmSite {
  readonly pollMs: number;
  readonly debounceMs: number;
  readonly preRecordS: number;
}

export const startBoard = (logFile: string): Promise<BoardProgram> =>
  startBoardProgram({ contacts: doors, relays: doors, logFile });

/** Board, relays and inputs: each door records all channels and switches its own relay. Armed at the end. */
export async function configureAlarm({ api }: ReedUnderTest, board: BoardProgram, site: AlarmSite): Promise<void> {
  const points = Array.from({ length: doors }, (_, i) => ({ point: i + 1, address: i }));
  const { port } = board;
  const driver = { kind: "modbus-tcp", host: "127.0.0.1", port, pollMs: site.pollMs, inputs: points, outputs: points };
  const { board: number } = await api.post("boards", { name: "Bench", driver });
  const recordChannels = ((await api.get("channels")) as Json[]).map((row) => row.channel);
  for (const { point } of points) {
    const { output } = await api.post("outputs", { name: `Relay ${point}`, kind: "siren", board: number, point });
    await api.post("inputs", {
      zone: "instant",
      swingerAlarms: 0,
      ...{ name: `Door ${point}`, kind: "other", type: "NO", board: number, point, debounceMs: site.debounceMs },
      ...{ antiDitherS: 0, postRecordS: 0, recordChannels, outputs: [{ output, holdS: 0 }] },
    });
  }
  await api.post("arming", { armed: true });
  await until(async () => ((await api.get("inputs")) as Json[]).every((row) => row.live?.active === false), "at rest");
}

/** Opens one door after another for 400 ms, about every `everyMs` (± 10 %, so that polls are met in every phase). */
export async function makeEdges(board: BoardProgram, count: number, everyMs: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    await board.send({ do: "pulse", contact: n % doors, ms: 400 });
    await pause(everyMs * (0.9 + 0.2 * Math.random()));
  }
}

/** From each contact's closing to the first change of its relay afterwards, ms, by the board's own log. */
export function contactToCoil(logFile: string, fromMicros: number): number[] {
  const closed = new Map<string, number>();
  const found: number[] = [];
  for (const line of readFileSync(logFile, "utf8").split("\n")) {
    const [what, point = "", state, time, , changed] = line.split(" ");
    const at = Number(time);
    if (what === "contact" && state === "closed" && at >= fromMicros) closed.set(point, at);
    const since = closed.get(point);
    if (what === "coil" && state === "on" && changed === "changed" && since !== undefined) {
      found.push((at - since) / 1000);
      closed.delete(point);
    }
  }
  return found;
}

/** Closed receipts of the edges since a wall time; rejects when some stay open. */
export async function receiptsSince({ api }: ReedUnderTest, since: number, count: number): Promise<Json[]> {
  let found: Json[] = [];
  await until(
    async () => {
      found = [];
      for (let input = 1; input <= doors; input++) {
        const { receipts } = await api.get(`receipts?input=${input}&since=${since}&limit=500`);
        found.push(...(receipts as Json[]).filter((receipt) => receipt.edge.kind === "raised"));
      }
      const open = found.filter((receipt) => receipt.closedAt === undefined).length;
      if (found.length < count || open > 0) throw new Error(`${found.length} of ${count}, ${open} open`);
      return true;
    },
    "all receipts are closed",
    90_000,
  );
  return found;
}
