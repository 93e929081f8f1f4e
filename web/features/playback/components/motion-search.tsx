import { Alert, Group, Loader, Select, Stack, Switch, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useFormat, useMay } from "../../../shared/site-data.ts";
import type { Channel } from "../../../shared/types.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { cellsIn, withCells, withChannels, withOwn, type Areas } from "../model/areas.ts";
import { watchedShare, type Found } from "../model/found.ts";
import type { MotionSearching } from "../use-motion-search.ts";
import { SearchCameras } from "./search-cameras.tsx";
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
  const { areas, span, result, isAsked } = search;
  if (areas === undefined) return null;
  const searched = channels.filter(({ channel }) => areas.channels.includes(channel));
  const hasSeveral = searched.length > 1;
  return (
    <SearchPanel title={t("search.title")} onClose={search.close}>
      <Group gap="xs">
        <SearchCameras
          search={{
            searchable: channels,
            searched: areas.channels,
            setSearched: (next) => search.setAreas(withChannels(areas, next)),
          }}
        />
        <SpanChoice value={span} onChange={search.setSpan} />
      </Group>
      <Group align="flex-start" gap="md">
        {searched.length > 0 && (
          <Stack gap="xs" flex="1 1 20rem" maw={560} miw={0}>
            {hasSeveral && <DrawnOn areas={areas} channels={searched} onAreas={search.setAreas} />}
            <SearchCanvas
              key={areas.drawn}
              channel={areas.drawn}
              cells={cellsIn(areas, areas.drawn)}
              onCells={(cells) => search.setAreas(withCells(areas, cells))}
              position={position}
            />
          </Stack>
        )}
        <Stack gap="xs" flex="2 1 24rem" miw={0} role="status" aria-busy={result.isFetching}>
          {searched.length === 0 && <Text size="sm">{t("objects.noCamera")}</Text>}
          {!isAsked && searched.length > 0 && <Text size="sm">{t("search.how")}</Text>}
          {isAsked && result.isPending && <Loader size="sm" role="img" aria-label={t("search.searching")} />}
          {result.isError && <ErrorNote error={result.error} onRetry={() => void result.refetch()} />}
          {isAsked &&
            searched.map((camera) => <Watched key={camera.channel} {...{ search, camera }} isOne={!hasSeveral} />)}
          {isAsked && result.data !== undefined && (
            <SearchResults found={result.data.runs} cameras={hasSeveral ? searched : []} onGo={onGo} />
          )}
        </Stack>
      </Group>
    </SearchPanel>
  );
}

interface DrawnOnProps {
  readonly areas: Areas;
  readonly channels: readonly Channel[];
  readonly onAreas: (areas: Areas) => void;
}

/** Whose picture is drawn on, and whether that is for this camera alone. */
function DrawnOn({ areas, channels, onAreas }: DrawnOnProps): ReactElement {
  const { t } = useTranslation("playback");
  const camera = channels.find(({ channel }) => channel === areas.drawn)?.name ?? "";
  return (
    <Group gap="sm">
      <Select
        w={200}
        size="sm"
        aria-label={t("search.drawnOn")}
        allowDeselect={false}
        data={channels.map((one) => ({ value: String(one.channel), label: one.name }))}
        value={String(areas.drawn)}
        onChange={(value) => value !== null && onAreas({ ...areas, drawn: Number(value) })}
      />
      <Switch
        size="sm"
        label={t("search.own", { camera })}
        checked={areas.own.has(areas.drawn)}
        onChange={({ currentTarget }) => onAreas(withOwn(areas, currentTarget.checked))}
      />
    </Group>
  );
}

interface WatchedProps {
  readonly search: MotionSearching;
  readonly camera: Channel;
  /** No other camera is searched. */
  readonly isOne: boolean;
}

/** Nothing found is no proof of quiet where nobody looked. */
function Watched({ search, camera: { channel, name: camera }, isOne }: WatchedProps): ReactElement | null {
  const { t } = useTranslation("playback");
  const format = useFormat();
  const mayConfigure = useMay("configure");
  const watchedMs = search.result.data?.watched.find((one) => one.channel === channel)?.watchedMs;
  if (watchedMs === undefined) return null;
  const share = watchedShare(search.range, watchedMs, Date.now());
  if (watchedMs === 0) {
    return (
      <Alert color="orange" role="note">
        {isOne ? t("search.notWatched") : t("search.notWatchedAt", { camera })}{" "}
        {mayConfigure && <Link to={`/detection/${channel}` as never}>{t("search.toDetection")}</Link>}
      </Alert>
    );
  }
  if (share > 0.99) return null;
  const times = { time: format.duration(watchedMs), share: format.percent(share) };
  return (
    <Text size="sm" c="dimmed">
      {isOne ? t("search.watched", times) : t("search.watchedAt", { ...times, camera })}
    </Text>
  );
}
