import { Button, Group, Loader, SimpleGrid, Stack, Text, UnstyledButton } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useObjectName } from "../../../shared/detection/object-name.ts";
import { useFormat } from "../../../shared/site-data.ts";
import type { Channel } from "../../../shared/types.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { objectPictureAddress, type FoundObject } from "../api/objects.ts";
import type { ObjectSearching } from "../use-object-search.ts";
import { SearchCameras } from "./search-cameras.tsx";
import { WhoChoice } from "./who-choice.tsx";
import { SearchPanel, SpanChoice } from "./search-panel.tsx";
import classes from "./player.module.css";

interface ObjectSearchProps {
  readonly search: ObjectSearching;
  readonly onGo: (found: FoundObject) => void;
}

/** Who was before the cameras, each with the best picture; a press goes to where they came. */
export function ObjectSearch({ search, onGo }: ObjectSearchProps): ReactElement | null {
  const { t } = useTranslation("playback");
  if (!search.isOpen) return null;
  const { result, found } = search;
  return (
    <SearchPanel title={t("objects.title")} onClose={search.close}>
      <Group gap="xs">
        <SearchCameras search={search} />
        <WhoChoice search={search} />
        <SpanChoice value={search.span} onChange={search.setSpan} />
      </Group>
      <Stack gap="xs" role="status" aria-busy={result.isFetching}>
        {search.searched.length === 0 && <Text size="sm">{t("objects.noCamera")}</Text>}
        {result.isPending && search.searched.length > 0 && (
          <Loader size="sm" role="img" aria-label={t("search.searching")} />
        )}
        {result.isError && <ErrorNote error={result.error} onRetry={() => void result.refetch()} />}
        {result.isSuccess && found.length === 0 && <Text size="sm">{t("objects.none")}</Text>}
        <Results found={found} channels={search.searchable} onGo={onGo} />
      </Stack>
      {result.hasNextPage && (
        <Group>
          <Button
            variant="default"
            size="compact-md"
            loading={result.isFetchingNextPage}
            onClick={() => void result.fetchNextPage()}
          >
            {t("objects.more")}
          </Button>
        </Group>
      )}
    </SearchPanel>
  );
}

interface ResultsProps {
  readonly found: readonly FoundObject[];
  readonly channels: readonly Channel[];
  readonly onGo: (found: FoundObject) => void;
}

function Results({ found, channels, onGo }: ResultsProps): ReactElement {
  const { t } = useTranslation("playback");
  const format = useFormat();
  const nameOf = useObjectName();
  const camera = (number: number) => channels.find(({ channel }) => channel === number)?.name ?? String(number);
  return (
    <SimpleGrid
      cols={{ base: 2, xs: 3, md: 5, lg: 6 }}
      spacing="xs"
      component="ul"
      p={0}
      m={0}
      style={{ listStyle: "none" }}
      aria-label={t("objects.results")}
    >
      {found.map((one) => (
        <li key={`${one.channel} ${one.id}`}>
          <UnstyledButton className={classes["found"]} onClick={() => onGo(one)}>
            <span className={classes["objectPicture"]}>
              {one.picture ? (
                <img src={objectPictureAddress(one)} alt="" loading="lazy" />
              ) : (
                <Text size="xs">{t("objects.noPicture")}</Text>
              )}
            </span>
            <Text size="sm" fw={500}>
              {nameOf(one.label)}
            </Text>
            <Text size="xs">{format.dateTime(one.from)}</Text>
            <Text size="xs" c="dimmed">
              {t("objects.about", { camera: camera(one.channel), length: format.duration(one.to - one.from) })}
            </Text>
          </UnstyledButton>
        </li>
      ))}
    </SimpleGrid>
  );
}
