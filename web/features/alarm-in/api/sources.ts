/** Sources that have no contact: made together with their input, in one press. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { cameraOfflinePoint } from "../../../../src/domain/board-points.ts";
import type { InputKind } from "../../../../src/domain/site-config.ts";
import { api } from "../../../shared/api-client.ts";
import type { Board, Input } from "../../../shared/types.ts";
import { topicPoint, type TopicDraft } from "../model/message.ts";

interface NewMessage {
  readonly name: string;
  readonly kind: InputKind;
  /** What its board is called, when that has to be made. */
  readonly boardName: string;
  /** On a topic; undefined: at an address. */
  readonly on: TopicDraft | undefined;
}

export interface MadeMessage {
  readonly input: Input;
  readonly keys: readonly { readonly point: number; readonly key: string }[];
}

async function addMessage(message: NewMessage): Promise<MadeMessage> {
  const { board, point } = await (message.on === undefined ? addAddress(message) : addTopic(message, message.on));
  const { name, kind } = message;
  const input = await api.post<Input>("inputs", { name, kind, board: board.board, point });
  return { input, keys: board.newKeys ?? [] };
}

interface MadePoint {
  readonly board: Board;
  readonly point: number;
}

/** A topic of a broker that is known or made here. */
async function addTopic({ boardName }: NewMessage, on: TopicDraft): Promise<MadePoint> {
  const boards = await api.get<readonly Board[]>("boards");
  const known = boards.find(({ board }) => board === on.broker);
  if (known?.driver.kind !== "mqtt") {
    const { url, username, password } = on;
    const driver = { kind: "mqtt", url: url.trim(), username, password, inputs: [topicPoint(1, on)] };
    return { board: await api.post<Board>("boards", { name: boardName, driver }), point: 1 };
  }
  const { inputs } = known.driver;
  const point = Math.max(0, ...inputs.map((one) => one.point)) + 1;
  const driver = { ...known.driver, inputs: [...inputs, topicPoint(point, on)] };
  const row = { name: known.name, enabled: known.enabled, driver };
  return { board: await api.put<Board>(`boards/${known.board}`, row), point };
}

/** A point on the site's board of addresses, made when it is the first. */
async function addAddress({ boardName }: NewMessage): Promise<MadePoint> {
  const boards = await api.get<readonly Board[]>("boards");
  const known = boards.find(({ driver }) => driver.kind === "http-trigger");
  const points = known?.driver.kind === "http-trigger" ? known.driver.inputs : [];
  const point = Math.max(0, ...points.map((one) => one.point)) + 1;
  const driver = { kind: "http-trigger", inputs: [...points, { point }] };
  const board =
    known === undefined
      ? await api.post<Board>("boards", { name: boardName, driver })
      : await api.put<Board>(`boards/${known.board}`, { name: known.name, enabled: known.enabled, driver });
  return { board, point };
}

/** A point's key is made anew; the one before is void. */
async function renewKey({ board, point }: Pick<Input, "board" | "point">): Promise<MadeMessage["keys"]> {
  const row = await api.get<Board>(`boards/${board}`);
  if (row.driver.kind !== "http-trigger") return [];
  const inputs = row.driver.inputs.map((one) => (one.point === point ? { point, maxS: one.maxS } : one));
  const driver = { kind: "http-trigger", inputs };
  const changed = await api.put<Board>(`boards/${board}`, { name: row.name, enabled: row.enabled, driver });
  return changed.newKeys ?? [];
}

/** Around the clock, without sirens: a camera that is gone matters also while the site is disarmed. */
async function watchCameras(names: { readonly board: string; readonly input: string }): Promise<Input> {
  const boards = await api.get<readonly Board[]>("boards");
  const board =
    boards.find(({ driver }) => driver.kind === "camera-offline") ??
    (await api.post<Board>("boards", { name: names.board, driver: { kind: "camera-offline" } }));
  const where = { board: board.board, point: cameraOfflinePoint };
  return api.post<Input>("inputs", { name: names.input, kind: "other", zone: "24h-silent", ...where });
}

export interface OfflineWatch {
  readonly graceS: number;
  readonly except: readonly number[];
}

function useSourceSend<In, Out>(send: (what: In) => Promise<Out>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ["boards"] });
      await queries.invalidateQueries({ queryKey: ["inputs"] });
    },
  });
}

export const useAddMessage = () => useSourceSend(addMessage);
export const useRenewKey = () => useSourceSend(renewKey);
export const useWatchCameras = () => useSourceSend(watchCameras);
export const useChangeWatch = (board: Board) =>
  useSourceSend((watch: OfflineWatch) =>
    api.put<Board>(`boards/${board.board}`, {
      name: board.name,
      enabled: board.enabled,
      driver: { kind: "camera-offline", ...watch },
    }),
  );
