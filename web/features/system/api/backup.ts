import { useMutation, useQueryClient, type UseMutationResult } from "@tanstack/react-query";
import type { BackupFile, RestoreAnswer, RestoreBody } from "../../../../src/contract/backup.ts";
import { api } from "../../../shared/api-client.ts";

export type { BackupFile };

export const useMakeBackup = (): UseMutationResult<BackupFile, Error, string> =>
  useMutation({ mutationFn: (passphrase: string) => api.post<BackupFile>("backup", { passphrase }) });

export function useRestore(): UseMutationResult<RestoreAnswer, Error, RestoreBody> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: RestoreBody) => api.post<RestoreAnswer>("restore", body),
    // everything may be another one now
    onSuccess: () => queries.invalidateQueries(),
  });
}
