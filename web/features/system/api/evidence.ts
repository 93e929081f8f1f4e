import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import type { EvidenceKeyList } from "../../../../src/contract/evidence.ts";
import { api } from "../../../shared/api-client.ts";

const queryKey = ["evidence-keys"];

export const useEvidenceKeys = (): UseQueryResult<EvidenceKeyList> =>
  useQuery({ queryKey, queryFn: ({ signal }) => api.get<EvidenceKeyList>("evidence/keys", undefined, signal) });

export function useNewEvidenceKey(): UseMutationResult<unknown, Error, void> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.post("evidence/keys"),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
}
