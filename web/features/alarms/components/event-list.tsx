import { Button, Stack, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/site-data.ts";
import type { Receipt } from "../../../shared/types.ts";
import classes from "./inbox.module.css";

interface EventListProps {
  readonly events: readonly Receipt[];
  readonly onMore: (() => void) | undefined;
  readonly loadingMore: boolean;
}

/** Edges while disarmed: they recorded and have a receipt, and nobody has to look at them. */
export function EventList({ events, onMore, loadingMore }: EventListProps): ReactElement {
  const { t } = useTranslation("alarms");
  const format = useFormat();
  return (
    <Stack gap={0}>
      <ul className={classes["list"]} aria-label={t("events.title")}>
        {events.map(({ edge, sentence = "" }) => (
          <li key={edge.eventId} className={classes["line"]}>
            <div className={classes["words"]}>
              <Text size="sm" fw={500}>
                {edge.inputName} {format.dateTime(edge.at.wall)}
              </Text>
              <Text size="sm" c="dimmed">
                {sentence.split(" · ").slice(1).join(" · ")}
              </Text>
            </div>
          </li>
        ))}
      </ul>
      {onMore !== undefined && (
        <Button variant="subtle" m="xs" onClick={onMore} loading={loadingMore}>
          {t("more")}
        </Button>
      )}
    </Stack>
  );
}
