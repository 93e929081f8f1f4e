/** What the first start asks of the server and tells it. */
import { useMutation, useQuery, useQueryClient, type UseMutationResult } from "@tanstack/react-query";
import type { FirstStepsAnswer } from "../../../../src/contract/first-steps.ts";
import type { MarkedStep } from "../../../../src/domain/first-steps.ts";
import { api } from "../../../shared/api-client.ts";
import type { Board, Input, Receipt, Site } from "../../../shared/types.ts";
import { clockAhead } from "../model/clock.ts";

export interface SetupState {
  readonly administrator: boolean;
  readonly needs?: "token" | "nothing";
}

export const useSetup = () => useQuery({ queryKey: ["setup"], queryFn: () => api.get<SetupState>("setup") });

interface SeenSteps extends FirstStepsAnswer {
  /** Milliseconds that the server's clock is ahead of this device's. */
  readonly aheadMs: number;
}

export const useFirstSteps = (enabled = true) =>
  useQuery({
    queryKey: ["first-steps"],
    enabled,
    queryFn: async (): Promise<SeenSteps> => {
      const askedAt = Date.now();
      const answer = await api.get<FirstStepsAnswer>("first-steps");
      return { ...answer, aheadMs: clockAhead({ askedAt, serverSaid: answer.now, answeredAt: Date.now() }) };
    },
  });

type Marks = Partial<Record<MarkedStep, "done" | "skipped">> & { readonly dismissed?: boolean };

/** Says that a step is done or skipped, or puts the list away. */
export function useMark(): UseMutationResult<FirstStepsAnswer, Error, Marks> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (marks: Marks) => api.patch<FirstStepsAnswer>("first-steps", marks),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["first-steps"] }),
  });
}

export const createAdministrator = (body: { name: string; password: string; token?: string }) =>
  api.post("setup", body);
export const saveSite = (body: Partial<Site>) => api.patch<Site>("site", body);
export const saveVolume = (id: string, body: { keepDays: number; maxShare: number }) =>
  api.patch(`volumes/${id}`, body);
export const readReceipt = (eventId: string) => api.get<Receipt>(`receipts/${eventId}`);

export const setContact = (board: number, point: number, level: "open" | "closed") =>
  api.post(`virtual/${board}/${point}`, { level });

/** A board without wires and a door on it, shut, that records every camera: to see an alarm before anything is wired. */
export async function makeTryOut(names: { board: string; input: string }, channels: readonly number[]): Promise<Input> {
  const board = await api.post<Board>("boards", {
    name: names.board,
    driver: { kind: "virtual", inputs: 1, outputs: 0 },
  });
  await setContact(board.board, 1, "closed");
  return api.post<Input>("inputs", {
    ...{ name: names.input, kind: "door", board: board.board, point: 1, zone: "instant" },
    ...{ recordChannels: channels, postRecordS: 5 },
  });
}
