import { Anchor, Group, Image } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { EdgePicture } from "../../../../src/contract/alarm-picture.ts";
import { api } from "../../../shared/api-client.ts";
import { useChannels, useMay } from "../../../shared/site-data.ts";

/** The pictures that were taken at an edge, each to be opened whole. Nothing where there are none. */
export function EdgePictures({ eventId }: { readonly eventId: string }): ReactElement | null {
  const { t } = useTranslation("alarms");
  const channels = useChannels().data ?? [];
  const may = useMay("footage");
  const { data = [] } = useQuery({
    queryKey: ["receipts", eventId, "pictures"],
    enabled: may,
    queryFn: ({ signal }) => api.get<readonly EdgePicture[]>(`receipts/${eventId}/pictures`, undefined, signal),
    // they come in one after the other
    refetchInterval: (query) => (query.state.dataUpdateCount < 8 ? 4000 : false),
  });
  if (data.length === 0) return null;
  const nameOf = (channel: number) =>
    channels.find((row) => row.channel === channel)?.name ?? t("camera", { number: channel });
  return (
    <Group gap="xs" role="group" aria-label={t("pictures.label")}>
      {data.map(({ channel, nth }) => {
        const src = `/api/receipts/${eventId}/pictures/${channel}/${nth}`;
        return (
          <Anchor key={`${channel}-${nth}`} href={src} target="_blank" rel="noreferrer">
            <Image
              src={src}
              alt={t("pictures.one", { name: nameOf(channel), nth })}
              w={132}
              h={74}
              fit="cover"
              radius="sm"
            />
          </Anchor>
        );
      })}
    </Group>
  );
}
