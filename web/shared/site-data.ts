/** What many pages read: the site, who is logged in, and the configured rows with their live state. */
import { useQuery, type QueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ConfigPart } from "../../src/messages/api.ts";
import { api } from "./api-client.ts";
import { onLiveEvent } from "./event-stream.ts";
import { createFormat, type Format } from "./format.ts";
import { currentLanguage } from "./i18n.ts";
import type { Board, Channel, Input, Me, Notifier, Output, Schedule, Site, Volume } from "./types.ts";

const row =
  <T>(path: string) =>
  (): UseQueryResult<T> =>
    useQuery({ queryKey: [path], queryFn: ({ signal }) => api.get<T>(path, undefined, signal) });

export const useMe = row<Me>("me");
export const useSite = row<Site>("site");
export const useChannels = row<readonly Channel[]>("channels");

/** Rows that not everybody may read: who may not does not ask, and has no data. */
const rowFor =
  <T>(path: string, mayRead: (me: Me) => boolean) =>
  (): UseQueryResult<T> => {
    const me = useMe().data;
    const enabled = me !== undefined && mayRead(me);
    return useQuery({ queryKey: [path], enabled, queryFn: ({ signal }) => api.get<T>(path, undefined, signal) });
  };

const reads = (me: Me): boolean => me.scopes.includes("read");
/** What is about all cameras is not for who may see some. */
const readsAll = (me: Me): boolean => reads(me) && me.rights.live === "all" && me.rights.playback === "all";

export const useInputs = rowFor<readonly Input[]>("inputs", reads);
export const useOutputs = rowFor<readonly Output[]>("outputs", reads);
export const useSchedules = rowFor<readonly Schedule[]>("schedules", reads);
export const useBoards = rowFor<readonly Board[]>("boards", readsAll);
export const useVolumes = rowFor<readonly Volume[]>("volumes", readsAll);
export const useNotifiers = rowFor<readonly Notifier[]>("notifiers", (me) => me.scopes.includes("configure"));

const keyOf: Readonly<Record<ConfigPart, string>> = {
  site: "site",
  volume: "volumes",
  channel: "channels",
  board: "boards",
  input: "inputs",
  output: "outputs",
  notifier: "notifiers",
  view: "views",
  schedule: "schedules",
  subscription: "push",
};

/** Rows are read again when anybody changes them. The returned function ends it. */
export const followConfig = (queries: QueryClient): (() => void) =>
  onLiveEvent((event) => {
    if (event.kind === "config") void queries.invalidateQueries({ queryKey: [keyOf[event.part]] });
    // modes and delays stand in the site's row
    if (event.kind === "config" && event.part === "site")
      void queries.invalidateQueries({ queryKey: ["arming/settings"] });
  });

/** Formatter for the site's zone and the chosen language; the browser's zone until the site is known. */
export function useFormat(): Format {
  const { data } = useSite();
  const { i18n } = useTranslation();
  const language = i18n.language === "de" ? "de" : currentLanguage();
  const zone = data?.timeZone;
  return useMemo(
    () => createFormat(language, zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone),
    [language, zone],
  );
}

/** Whether the login may do this; false until it is known. */
export function useMay(scope: Me["scopes"][number]): boolean {
  return useMe().data?.scopes.includes(scope) ?? false;
}
