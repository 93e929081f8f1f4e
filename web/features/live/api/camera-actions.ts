/** What can be done to a camera from its tile. */
import { useMutation } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Receipt } from "../../../../src/domain/receipt.ts";
import { api, request } from "../../../shared/api-client.ts";
import { useLive } from "../../../shared/event-stream.ts";
import { saveBlob } from "../../../shared/save-file.ts";
import { useFormat } from "../../../shared/site-data.ts";
import { tellDone, tellFailure } from "../../../shared/tell.ts";
import type { Channel } from "../../../shared/types.ts";
import { siteFileName } from "../model/site-file-name.ts";

/** The picture of now, as a file named by the site's time (the server's clock, to the second). */
export function useSnapshot() {
  const { t } = useTranslation("live");
  const { timeZone } = useFormat();
  return useMutation({
    mutationFn: async ({ channel, name }: Pick<Channel, "channel" | "name">) => {
      const answer = await request(`channels/${channel}/snapshot.jpg`);
      const wall = Date.parse(answer.headers.get("date") ?? "") || Date.now();
      const file = siteFileName(name, wall, timeZone, "jpg");
      saveBlob(file, await answer.blob());
      return file;
    },
    onSuccess: (file) => tellDone(t("snapshotSaved", { file })),
    onError: (error) => tellFailure(t("snapshotFailed"), error),
  });
}

export function useRecordNow() {
  const { t } = useTranslation("live");
  return useMutation({
    mutationFn: ({ channel, stop }: { readonly channel: number; readonly stop: boolean }) =>
      api.post(`channels/${channel}/record${stop ? "/stop" : ""}`),
    onError: (error) => tellFailure(t("recordFailed"), error),
  });
}

export function useRetryCamera() {
  const { t } = useTranslation("live");
  return useMutation({
    mutationFn: (channel: number) => api.post(`channels/${channel}/retry`),
    onError: (error) => tellFailure(t("retryFailed"), error),
  });
}

/** Until when each channel is recorded by hand, milliseconds since 1970. */
export function useRecordingByHand(): ReadonlyMap<number, number> {
  const open = useLive((state) => state.openReceipts);
  return useMemo(() => new Map((open ?? []).flatMap(byHand)), [open]);
}

function byHand({ edge, actions }: Receipt): [number, number][] {
  const until = edge.manual?.until;
  if (until === undefined) return [];
  return actions.flatMap(({ target, outcome }): [number, number][] =>
    target.kind === "record" && outcome === undefined ? [[target.channel, until]] : [],
  );
}
