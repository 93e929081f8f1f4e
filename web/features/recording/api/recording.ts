import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { CopiedRecording, FileSettings } from "../../../../src/contract/recording.ts";
import { api } from "../../../shared/api-client.ts";
import type { CopyOrder } from "../../../shared/io/copy-settings.tsx";

/** Settings of one camera onto others. */
export function useCopyRecording(from: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (order: CopyOrder<CopiedRecording>) =>
      api.post<{ readonly copied: readonly number[] }>(`channels/${from}/copy-recording`, order),
    onSuccess: () =>
      Promise.all(["channels", "recording"].map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  });
}

/** How long the files of footage are. */
export function useSetFiles() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (files: FileSettings) => api.put<FileSettings>("recording/files", files),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["recording"] }),
  });
}
