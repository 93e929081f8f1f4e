import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { CopiedOutputSetting } from "../../../../src/contract/output.ts";
import type { OutputMode } from "../../../../src/domain/site-config.ts";
import { api } from "../../../shared/api-client.ts";
import type { CopyOrder } from "../../../shared/io/copy-settings.tsx";
import type { Output } from "../../../shared/types.ts";
import type { OutputSettings } from "../model/settings.ts";

function useOutputSend<In, Out>(send: (what: In) => Promise<Out>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["outputs"] }),
  });
}

export const useChangeOutput = (output: number) =>
  useOutputSend((settings: OutputSettings & { readonly mode: OutputMode }) =>
    api.put<Output>(`outputs/${output}`, settings),
  );

export const useCopyOutput = (output: number) =>
  useOutputSend((what: CopyOrder<CopiedOutputSetting>) =>
    api.post<{ readonly copied: readonly number[] }>(`outputs/${output}/copy`, what),
  );

export const useRemoveOutput = () => useOutputSend((output: number) => api.delete(`outputs/${output}`));

/** Takes effect at once, apart from Apply: it is what one does, not how it is set up. */
export const useSetMode = (output: number) =>
  useOutputSend((wanted: { readonly mode: OutputMode; readonly forS?: number }) =>
    api.put(`outputs/${output}/mode`, wanted),
  );

/** Its relay is a new one: operations count from 0. */
export const useRelayReplaced = (output: number) =>
  useOutputSend<void, unknown>(() => api.post(`outputs/${output}/relay-replaced`, {}));

/** All outputs to rest; refused with a question while a lock or gate would move, until `confirmed`. */
export const useRestOutputs = () => useOutputSend((confirmed: boolean) => api.post("outputs/rest", { confirmed }));
