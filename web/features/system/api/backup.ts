import { useMutation, useQueryClient, type UseMutationResult } from "@tanstack/react-query";
import type { z } from "zod";
import type { BackupFile, restoreAnswer, restoreBody } from "../../../../src/contract/backup.ts";
import { api } from "../../../shared/api-client.ts";

export type { BackupFile };

export const useMakeBackup = (): UseMutationResult<BackupFile, Error, string> =>
  useMutation({ mutationFn: (passphrase: string) => api.post<BackupFile>("backup", { passphrase }) });

export function useRestore(): UseMutationResult<z.infer<typeof restoreAnswer>, Error, z.input<typeof restoreBody>> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof restoreBody>) => api.post<z.infer<typeof restoreAnswer>>("restore", body),
    // everything may be another one now
    onSuccess: () => queries.invalidateQueries(),
  });
}
