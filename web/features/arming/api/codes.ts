import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../shared/api-client.ts";

export interface Code {
  readonly code: number;
  readonly name: string;
}

const key = ["arming/codes"];

export const useCodes = () => useQuery({ queryKey: key, queryFn: () => api.get<readonly Code[]>("arming/codes") });

function useCodeSend<In>(send: (what: In) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: send, onSuccess: () => queries.invalidateQueries({ queryKey: key }) });
}

export const useAddCode = () =>
  useCodeSend((code: { readonly name: string; readonly pin: string }) => api.post("arming/codes", code));

export const useRemoveCode = () => useCodeSend((code: number) => api.delete(`arming/codes/${code}`));
