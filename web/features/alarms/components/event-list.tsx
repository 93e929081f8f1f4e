import { Button, Stack, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useReceiptWords } from "../../../shared/alarm-words/use-sentence.ts";
import { saidName } from "../../../shared/said.ts";
import { useFormat } from "../../../shared/site-data.ts";
import type { Receipt } from "../../../shared/types.ts";
import { CausePicture } from "./event-objects.tsx";
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
  const words = useReceiptWords();
  return (
    <Stack gap={0}>
      <ul className={classes["list"]} aria-label={t("events.title")}>
        {events.map((event) => (
          <li key={event.edge.eventId} className={classes["line"]}>
            {event.edge.title !== undefined && event.edge.kind !== "cleared" && <CausePicture receipt={event} />}
            <div className={classes["words"]}>
              <Text size="sm" fw={500}>
                {saidName(event.edge.inputName)} {format.dateTime(event.edge.at.wall)}
              </Text>
              <Text size="sm" c="dimmed">
                {words(event)}
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
