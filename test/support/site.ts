import type { Api, Json } from "./reed.ts";
import { until } from "./reed.ts";

/** A small picture at a small rate: many of them cost nothing. */
export const smallSource = (gopSeconds = 1, bitsPerSecond = 300_000) =>
  ({ kind: "synthetic", width: 320, height: 192, fps: 25, gopSeconds, bitsPerSecond }) as const;

/** The receipts of an input's `raised` edges, oldest first. */
export async function raisedReceipts(api: Api, input: number): Promise<Json[]> {
  const { receipts } = await api.get(`receipts?input=${input}&limit=200`);
  return (receipts as Json[]).filter((receipt) => receipt.edge.kind !== "cleared").reverse();
}

/** Waits for the n-th raised receipt of an input to be closed and gives it. */
export async function closedReceipt(api: Api, input: number, n = 1, limitMs = 40_000): Promise<Json> {
  let found: Json;
  await until(
    async () => {
      found = (await raisedReceipts(api, input))[n - 1];
      if (found !== undefined && found.closedAt === undefined) throw new Error(JSON.stringify(found.actions));
      return found !== undefined;
    },
    `receipt ${n} of input ${input} is closed`,
    limitMs,
  );
  return found;
}

/** Waits until a channel has been live, from its first key frame on, for so long, ms. */
export const live = (api: Api, channel: number, forMs = 1): Promise<void> =>
  until(
    async () => {
      const state = (await api.get(`channels/${channel}`)).live;
      if (state?.state !== "live" || Date.now() - state.since < forMs) throw new Error(JSON.stringify(state));
      return true;
    },
    `channel ${channel} has been live for ${forMs} ms`,
    60_000,
  );

/** The action of a receipt that concerns a channel, an output or a notifier. */
export const actionOf = (receipt: Json, kind: "record" | "output" | "notify", id?: number): Json =>
  (receipt.actions as Json[]).find(
    ({ target }) =>
      target.kind === kind && (id === undefined || [target.channel, target.output, target.notifier].includes(id)),
  );

/** Keys of the troubles that last. */
export const troubleKeys = async (api: Api): Promise<string[]> =>
  ((await api.get("troubles")) as { key: string }[]).map((trouble) => trouble.key);

/** An input that alarms whenever the site is armed, as often as it is tripped: a door on the first point of board 1, unless said otherwise. */
export const addAlarmInput = (api: Api, settings: object): Promise<Json> =>
  api.post("inputs", {
    ...{ zone: "instant", swingerAlarms: 0, name: "Door", kind: "other", type: "NO", board: 1, point: 1 },
    ...settings,
  });

export const openContact = (api: Api, board: number, point: number, level: "closed" | "open"): Promise<Json> =>
  api.post(`virtual/${board}/${point}`, { level });
