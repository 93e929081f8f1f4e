/** Saved views of the live page. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ViewAnswer, ViewBody } from "../../../../src/contract/view.ts";
import { api } from "../../../shared/api-client.ts";

export type View = ViewAnswer;

export const useViews = () =>
  useQuery({ queryKey: ["views"], queryFn: ({ signal }) => api.get<readonly View[]>("views", undefined, signal) });

/** Saves a new view, or one that is there under its number. */
export function useSaveView() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ view, body }: { readonly view?: number | undefined; readonly body: ViewBody }) =>
      view === undefined ? api.post<View>("views", body) : api.put<View>(`views/${view}`, body),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["views"] }),
  });
}

export function useRemoveView() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (view: number) => api.delete(`views/${view}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["views"] }),
  });
}
