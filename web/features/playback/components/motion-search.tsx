import { Alert, Group, Loader, Select, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useFormat, useMay } from "../../../shared/site-data.ts";
import type { Channel } from "../../../shared/types.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { watchedShare, type Found } from "../model/found.ts";
import type { MotionSearching } from "../use-motion-search.ts";
import { SearchCanvas } from "./search-canvas.tsx";
import { SearchPanel, SpanChoice } from "./search-panel.tsx";
import { SearchResults } from "./search-results.tsx";

interface MotionSearchProps {
  readonly search: MotionSearching;
  readonly channels: readonly Channel[];
  readonly position: number;
  readonly onGo: (found: Found) => void;
}

/** What moved in a part of the picture: drawn on a picture of the camera, found in what was noted, shown as it is drawn. */
export function MotionSearch({ search, channels, position, onGo }: MotionSearchProps): ReactElement | null {
  const { t } = useTranslation("playback");
  const { channel, span, result } = search;
  if (channel === undefined) return null;
  const isDrawn = search.cells !== undefined;
  return (
    <SearchPanel title={t("search.title")} onClose={search.close}>
      <Group gap="xs">
        {channels.length > 1 && (
          <Select
            w={200}
            size="sm"
            aria-label={t("search.camera")}
            allowDeselect={false}
            data={channels.map((one) => ({ value: String(one.channel), label: one.name }))}
            value={String(channel)}
            onChange={(value) => value !== null && search.open(Number(value))}
          />
        )}
        <SpanChoice value={span} onChange={search.setSpan} />
      </Group>
      <Group align="flex-start" gap="md">
        <Stack gap="xs" flex="1 1 20rem" maw={560} miw={0}>
          <SearchCanvas search={search} channel={channel} position={position} />
        </Stack>
        <Stack gap="xs" flex="2 1 24rem" miw={0} role="status" aria-busy={result.isFetching}>
          {!isDrawn && <Text size="sm">{t("search.how")}</Text>}
          {isDrawn && result.isPending && <Loader size="sm" role="img" aria-label={t("search.searching")} />}
          {result.isError && <ErrorNote error={result.error} onRetry={() => void result.refetch()} />}
          {isDrawn && <Watched search={search} channel={channel} />}
          {isDrawn && result.data !== undefined && <SearchResults found={result.data.runs} onGo={onGo} />}
        </Stack>
      </Group>
    </SearchPanel>
  );
}

interface WatchedProps {
  readonly search: MotionSearching;
  readonly channel: number;
}

/** Nothing found is no proof of quiet where nobody looked. */
function Watched({ search, channel }: WatchedProps): ReactElement | null {
  const { t } = useTranslation("playback");
  const format = useFormat();
  const mayConfigure = useMay("configure");
  const watchedMs = search.result.data?.watched.find((one) => one.channel === channel)?.watchedMs;
  if (watchedMs === undefined) return null;
  const share = watchedShare(search.range, watchedMs, Date.now());
  if (watchedMs === 0) {
    return (
      <Alert color="orange" role="note">
        {t("search.notWatched")}{" "}
        {mayConfigure && <Link to={`/detection/${channel}` as never}>{t("search.toDetection")}</Link>}
      </Alert>
    );
  }
  if (share > 0.99) return null;
  return (
    <Text size="sm" c="dimmed">
      {t("search.watched", { time: format.duration(watchedMs), share: format.percent(share) })}
    </Text>
  );
}
