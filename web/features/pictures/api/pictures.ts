import { useQuery } from "@tanstack/react-query";
import type { DayPictures, PictureDays } from "../../../../src/contract/timed-picture.ts";
import { api } from "../../../shared/api-client.ts";

const minute = 60_000;

/** Days of which pictures by the clock are there, the newest first. */
export const usePictureDays = (channel: number | undefined) =>
  useQuery({
    queryKey: ["timed-pictures", channel],
    enabled: channel !== undefined,
    queryFn: ({ signal }) => api.get<PictureDays>(`channels/${channel}/timed-pictures`, undefined, signal),
    refetchInterval: minute,
  });

export const useDayPictures = (channel: number | undefined, day: string | undefined) =>
  useQuery({
    queryKey: ["timed-pictures", channel, day],
    enabled: channel !== undefined && day !== undefined,
    queryFn: ({ signal }) => api.get<DayPictures>(`channels/${channel}/timed-pictures/${day}`, undefined, signal),
    refetchInterval: minute,
  });

export const pictureAddress = (channel: number, day: string, at: number): string =>
  `/api/channels/${channel}/timed-pictures/${day}/${at}`;
export const zipAddress = (channel: number, day: string): string =>
  `/api/channels/${channel}/timed-pictures/${day}/all.zip`;
