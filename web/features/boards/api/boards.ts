import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { DriverDraft } from "../../../../src/domain/board-profiles/profile.ts";
import type { DriverSettings } from "../../../../src/domain/site-config.ts";
import type { BoardProbe } from "../../../../src/messages/api.ts";
import { api } from "../../../shared/api-client.ts";
import type { Board } from "../../../shared/types.ts";

export interface BoardSettingsSent {
  readonly name: string;
  readonly enabled: boolean;
  readonly driver: DriverDraft | DriverSettings;
}

const followed = ["boards"] as const;

export function useAddBoard() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (board: BoardSettingsSent) => api.post<Board>("boards", board),
    onSuccess: () => queries.invalidateQueries({ queryKey: followed }),
  });
}

export function useChangeBoard(board: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (settings: BoardSettingsSent) => api.put<Board>(`boards/${board}`, settings),
    onSuccess: () => queries.invalidateQueries({ queryKey: followed }),
  });
}

export function useRemoveBoard() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (board: number) => api.delete(`boards/${board}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: followed }),
  });
}

/** Connects with these settings and switches nothing; `board`: whose stored password the stars stand for. */
export const useTestBoard = () =>
  useMutation({
    mutationFn: (sent: { readonly driver: DriverDraft | DriverSettings; readonly board?: number }) =>
      api.post<BoardProbe>("boards/test", sent),
  });

/** A relay that is no output yet, on for a second; somebody has said that it may. */
export const useTestRelay = (board: number) =>
  useMutation({ mutationFn: (point: number) => api.post(`boards/${board}/relays/${point}/test`, { confirmed: true }) });
