/** Models that find objects. */
import { useMutation, useQuery, useQueryClient, type UseMutationResult } from "@tanstack/react-query";
import { useEffect } from "react";
import type { ModelDescriptionBody, ModelRow, TrialAnswer } from "../../../../src/contract/model.ts";
import { api, request } from "../../../shared/api-client.ts";
import { useLive } from "../../../shared/event-stream.ts";
import { uploadId } from "../model/description.ts";

export type { ModelRow, TrialAnswer };

const queryKey = ["models"];
/** As the server takes it; smaller than its most, so that a slow line shows progress. */
const partBytes = 4 * 1024 * 1024;

/** All of them; read again when another one runs or it goes otherwise. */
export function useModels() {
  const queries = useQueryClient();
  const running = useLive((state) => state.model);
  useEffect(() => {
    void queries.invalidateQueries({ queryKey });
  }, [queries, running?.model, running?.state, running?.reason]);
  return useQuery({ queryKey, queryFn: ({ signal }) => api.get<readonly ModelRow[]>("models", undefined, signal) });
}

function useChange<T>(change: (value: T) => Promise<unknown>): UseMutationResult<unknown, Error, T> {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => queries.invalidateQueries({ queryKey }) });
}

export interface NewModel {
  readonly file: File;
  readonly model: string;
  readonly description: ModelDescriptionBody;
  readonly onProgress: (share: number) => void;
  /** Ends the sending: nothing is added. */
  readonly signal: AbortSignal;
}

export const useAddModel = () =>
  useChange<NewModel>(async ({ file, model, description, onProgress, signal }) => {
    const upload = uploadId(crypto.getRandomValues(new Uint8Array(16)));
    const ended = (): void => void api.delete(`models/uploads/${upload}`).catch(() => undefined);
    // also while the model is opened, when nothing is sent any more
    signal.addEventListener("abort", ended);
    try {
      for (let at = 0; at < file.size; at += partBytes) {
        const body = file.slice(at, at + partBytes);
        const headers = { "content-type": "application/octet-stream" };
        const init = { method: "PUT", headers, body, signal };
        await request(`models/uploads/${upload}`, init, { at, size: file.size });
        onProgress(Math.min(1, (at + partBytes) / file.size));
      }
      return await api.post("models", { upload, model, description });
    } catch (error) {
      // its place is free for the next one at once
      if (!signal.aborted) ended();
      throw error;
    } finally {
      signal.removeEventListener("abort", ended);
    }
  });

export const useDescribe = (model: string) =>
  useChange<ModelDescriptionBody>((description) => api.put(`models/${model}/description`, description));
export const useChoose = (model: string) => useChange<void>(() => api.post(`models/${model}/use`));
export const useMeasure = (model: string) => useChange<void>(() => api.post(`models/${model}/measure`));
export const useRemove = (model: string) => useChange<void>(() => api.delete(`models/${model}`));

export interface Tried {
  readonly answer: TrialAnswer;
  /** Where the picture is shown from. */
  readonly picture: Blob;
}

/** Tries a model on a picture of this device, or on the newest one of a camera. */
export const useTrial = () =>
  useMutation({
    mutationFn: async ({ model, from }: { readonly model: string; readonly from: Blob | number }): Promise<Tried> => {
      const picture =
        typeof from === "number" ? await (await request(`channels/${from}/snapshot.jpg`)).blob() : await upright(from);
      const init = { method: "POST", headers: { "content-type": picture.type }, body: picture };
      const response = await request(`models/${model}/try`, init);
      return { answer: (await response.json()) as TrialAnswer, picture };
    },
  });

/** Longer side of a picture that is sent, pixels. */
const mostSide = 1920;

/** As it is shown: turned as the phone that took it says, and no larger than a model needs. */
async function upright(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  // what the browser can't read the server says something about
  if (bitmap === undefined) return file;
  const by = Math.min(1, mostSide / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.round(bitmap.width * by), Math.round(bitmap.height * by)];
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return new Promise((resolve) => canvas.toBlob((made) => resolve(made ?? file), "image/jpeg", 0.92));
}
