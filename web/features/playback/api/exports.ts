import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ExportJob } from "../../../../src/contract/export.ts";
import { api } from "../../../shared/api-client.ts";
import { currentLanguage } from "../../../shared/i18n.ts";
import type { Range } from "../model/line.ts";

const key = ["exports"];
const lookEveryMs = 1000;

const isOpen = ({ state }: ExportJob): boolean => state.kind === "waiting" || state.kind === "running";

/** Downloads that are or were prepared, the newest first; looked at again while one is on its way. */
export const useExports = () =>
  useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<readonly ExportJob[]>("exports", undefined, signal),
    refetchInterval: ({ state }) => (state.data?.some(isOpen) === true ? lookEveryMs : false),
  });

export interface ClipOrder {
  readonly channels: readonly number[];
  readonly range: Range;
  readonly copy: boolean;
  /** With the recorder's own bytes and a signed manifest. */
  readonly evidence: boolean;
  readonly reason: string;
  readonly recipient: string;
}

export function useStartClip() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ channels, range, evidence, ...order }: ClipOrder) =>
      api.post<ExportJob>("exports", {
        span: { channels, from: Math.floor(range.from), to: Math.ceil(range.to) },
        ...{ ...order, evidence, sound: evidence ? "original" : "aac", subtitles: true },
        // its clock goes along, so that the page in the ZIP can say how far the clocks are apart
        ...{ language: currentLanguage(), clientTime: Date.now() },
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  });
}

export function useRemoveExport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(`exports/${id}`),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  });
}
