import { Button, Group, SegmentedControl, SimpleGrid, Stack, Text, UnstyledButton } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/site-data.ts";
import { useThumb } from "../api/key-frames.ts";
import { byOrder, type Found, type FoundOrder } from "../model/found.ts";
import classes from "./player.module.css";

interface SearchResultsProps {
  readonly found: readonly Found[];
  readonly onGo: (found: Found) => void;
}

/** Pictures are made two at a time. */
const pageSize = 12;

/** When something moved there, each with its picture; a press goes to it. */
export function SearchResults({ found, onGo }: SearchResultsProps): ReactElement {
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
          onChange={(value) => setOrder(value === "strength" ? "strength" : "time")}
          data={[
            { value: "time", label: t("search.byTime") },
            { value: "strength", label: t("search.byStrength") },
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
            <Result found={one} onGo={onGo} />
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

function Result({ found, onGo }: { readonly found: Found; readonly onGo: (found: Found) => void }): ReactElement {
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
      <Text size="xs" c="dimmed">
        {about}
      </Text>
    </UnstyledButton>
  );
}
