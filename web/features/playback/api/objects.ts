/** Who was before the cameras in the past. */
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { ObjectSearchAnswer, SeenLabel } from "../../../../src/contract/object-search.ts";
import { api, apiUrl } from "../../../shared/api-client.ts";
import type { ObjectsAsked } from "../model/objects.ts";

export type FoundObject = ObjectSearchAnswer["objects"][number];

const pageSize = 24;

/** Page after page, the newest first; `undefined` asks nothing. */
export const useObjectSearch = (asked: ObjectsAsked | undefined) =>
  useInfiniteQuery({
    queryKey: ["object-search", asked],
    enabled: asked !== undefined && asked.channels.length > 0,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.get<ObjectSearchAnswer>(
        "footage/objects",
        {
          ...{ from: asked?.from, to: asked?.to, channels: asked?.channels.join(","), limit: pageSize },
          ...(asked?.target === undefined ? {} : { target: asked.target }),
          ...(asked?.label === undefined ? {} : { label: asked.label }),
          ...(pageParam === undefined ? {} : { after: pageParam }),
        },
        signal,
      ),
    getNextPageParam: ({ next }) => next,
  });

/** What was seen in a time, by the names of the model, the most frequent first; `undefined` asks nothing. */
export const useSeenLabels = (asked: Pick<ObjectsAsked, "from" | "to" | "channels"> | undefined) =>
  useQuery({
    queryKey: ["object-labels", asked?.from, asked?.to, asked?.channels],
    enabled: asked !== undefined && asked.channels.length > 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      api.get<readonly SeenLabel[]>(
        "footage/objects/labels",
        { from: asked?.from, to: asked?.to, channels: asked?.channels.join(",") },
        signal,
      ),
  });

/** Where the best picture of an object is. */
export const objectPictureAddress = ({ channel, id }: FoundObject): string =>
  apiUrl(`channels/${channel}/objects/${id}/picture`);
