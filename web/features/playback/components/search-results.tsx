import { Button, Group, SegmentedControl, SimpleGrid, Stack, Text, UnstyledButton } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/site-data.ts";
import type { Channel } from "../../../shared/types.ts";
import { useThumb } from "../api/key-frames.ts";
import { byOrder, foundOrders, type Found, type FoundOrder } from "../model/found.ts";
import classes from "./player.module.css";

interface SearchResultsProps {
  readonly found: readonly Found[];
  /** Those that are searched, where they are several: each result says which. */
  readonly cameras: readonly Channel[];
  readonly onGo: (found: Found) => void;
}

/** Pictures are made two at a time. */
const pageSize = 12;

/** When something moved there, each with its picture; a press goes to it. */
export function SearchResults({ found, cameras, onGo }: SearchResultsProps): ReactElement {
  const { t } = useTranslation("playback");
  const [order, setOrder] = useState<FoundOrder>("time");
  const [shown, setShown] = useState(pageSize);
  const sorted = byOrder(found, order);
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={500}>
          {t("search.found", { count: found.length })}
        </Text>
        <SegmentedControl
          size="xs"
          aria-label={t("search.order")}
          value={order}
          onChange={(value) => setOrder(foundOrders.find((one) => one === value) ?? "time")}
          data={[
            { value: "time", label: t("search.byTime") },
            { value: "strength", label: t("search.byStrength") },
            ...(cameras.length > 0 ? [{ value: "camera", label: t("search.byCamera") }] : []),
          ]}
        />
      </Group>
      <SimpleGrid
        cols={{ base: 2, xs: 3, lg: 4 }}
        spacing="xs"
        component="ul"
        p={0}
        m={0}
        style={{ listStyle: "none" }}
        aria-label={t("search.results")}
      >
        {sorted.slice(0, shown).map((one) => (
          <li key={`${one.channel} ${one.from}`}>
            <Result found={one} camera={cameras.find(({ channel }) => channel === one.channel)?.name} onGo={onGo} />
          </li>
        ))}
      </SimpleGrid>
      {found.length > shown && (
        <Button variant="default" size="compact-md" onClick={() => setShown(shown + pageSize)}>
          {t("search.more", { count: Math.min(pageSize, found.length - shown) })}
        </Button>
      )}
    </Stack>
  );
}

interface ResultProps {
  readonly found: Found;
  readonly camera: string | undefined;
  readonly onGo: (found: Found) => void;
}

function Result({ found, camera, onGo }: ResultProps): ReactElement {
  const { t } = useTranslation("playback");
  const format = useFormat();
  const thumb = useThumb(found.channel, found.at);
  const says = { loading: t("thumb.loading"), none: t("thumb.none"), failed: t("thumb.failed"), picture: "" }[
    thumb.kind
  ];
  const about = t("search.about", { length: format.duration(found.to - found.from), strength: found.strength });
  return (
    <UnstyledButton className={classes["found"]} onClick={() => onGo(found)}>
      <span className={classes["thumbPicture"]}>
        {thumb.kind === "picture" ? <img src={thumb.src} alt="" loading="lazy" /> : <Text size="xs">{says}</Text>}
      </span>
      <Text size="sm" fw={500}>
        {format.dateTime(found.from)}
      </Text>
      {camera !== undefined && <Text size="xs">{camera}</Text>}
      <Text size="xs" c="dimmed">
        {about}
      </Text>
    </UnstyledButton>
  );
}
