import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { CopiedSetting } from "../../../../src/contract/input.ts";
import { api } from "../../../shared/api-client.ts";
import type { Input } from "../../../shared/types.ts";
import type { InputSettings } from "../model/settings.ts";

function useInputSend<In, Out>(send: (what: In) => Promise<Out>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["inputs"] }),
  });
}

export const useChangeInput = (input: number) =>
  useInputSend((settings: InputSettings) => api.put<Input>(`inputs/${input}`, settings));

export const useRemoveInput = () => useInputSend((input: number) => api.delete(`inputs/${input}`));

/** Raises the input by hand, where it has no contact of its own. */
export const useTrip = (input: number) => useMutation({ mutationFn: () => api.post(`inputs/${input}/trip`) });

/** Records the level that the contact has now as its rest. */
export const useTeachRest = (input: number) =>
  useMutation({ mutationFn: () => api.post<{ readonly rest: "closed" | "open" }>(`inputs/${input}/teach/rest`) });

/** Saves what was taught; refused unless the contact was seen to move. */
export const useTeachSave = (input: number) =>
  useInputSend<undefined, { readonly type: "NO" | "NC" }>(() =>
    api.post<{ readonly type: "NO" | "NC" }>(`inputs/${input}/teach/save`),
  );

export const useCopyInput = (input: number) =>
  useInputSend((what: { readonly to: readonly number[]; readonly what: readonly CopiedSetting[] }) =>
    api.post<{ readonly copied: readonly number[] }>(`inputs/${input}/copy`, what),
  );
