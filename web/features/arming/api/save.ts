import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../shared/api-client.ts";
import type { Input } from "../../../shared/types.ts";
import { changedInputs, type ArmingDraft } from "../model/arming-draft.ts";

/** Saves modes and disarm linkage, then each input that was changed. */
export function useSaveArming(saved: ArmingDraft, inputs: readonly Input[]) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (draft: ArmingDraft) => {
      const { modes, whileDisarmed } = draft;
      await api.put("arming/settings", { modes, whileDisarmed });
      for (const { input, settings } of changedInputs(draft, saved, inputs)) await api.put(`inputs/${input}`, settings);
    },
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ["arming/settings"] }),
        queries.invalidateQueries({ queryKey: ["inputs"] }),
      ]),
  });
}
