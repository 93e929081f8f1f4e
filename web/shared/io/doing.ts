/** What several pages do with inputs and outputs. */
import { useMutation, useQueryClient, type UseMutationResult } from "@tanstack/react-query";
import type { BoardProbe } from "../../../src/messages/api.ts";
import type { InputKind, OutputKind } from "../../../src/domain/site-config.ts";
import { api } from "../api-client.ts";
import type { Board, Input, Output } from "../types.ts";

export interface NewInput {
  readonly name: string;
  readonly kind: InputKind;
  readonly board: number;
  readonly point: number;
}

export interface NewOutput {
  readonly name: string;
  readonly kind: OutputKind;
  readonly board: number;
  readonly point: number;
}

export type { Board, BoardProbe };

function useSend<In, Out>(part: string, send: (what: In) => Promise<Out>): UseMutationResult<Out, Error, In> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () => queries.invalidateQueries({ queryKey: [part] }),
  });
}

export const useAddInput = () => useSend("inputs", (input: NewInput) => api.post<Input>("inputs", input));
export const useAddOutput = () => useSend("outputs", (output: NewOutput) => api.post<Output>("outputs", output));

/** A pulse of one second. */
export const testOutput = (output: number, confirmed: boolean): Promise<unknown> =>
  api.post(`outputs/${output}/test`, { seconds: 1, confirmed });

/** A contact of a virtual board, moved by hand. */
export const useMoveContact = () =>
  useMutation({
    mutationFn: (to: { readonly board: number; readonly point: number; readonly level: "closed" | "open" }) =>
      api.post(`virtual/${to.board}/${to.point}`, { level: to.level }),
  });
