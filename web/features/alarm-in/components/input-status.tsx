import { Anchor, Group, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { PointStatus } from "../../../../src/messages/api.ts";
import { useLive } from "../../../shared/event-stream.ts";
import { LevelBadge } from "../../../shared/io/level-badge.tsx";
import { useBoards, useFormat } from "../../../shared/site-data.ts";
import type { Input } from "../../../shared/types.ts";
import { activeState, logicalState } from "../model/settings.ts";
import type { Source } from "../model/source.ts";
import { ActiveBadge } from "./active-badge.tsx";

interface InputStatusProps {
  readonly input: Input;
  readonly contact: PointStatus;
  readonly source: Source;
}

/** What is true now, by the settings that are in force: logical state, contact, since when, and where it is wired. */
export function InputStatus({ input, contact, source }: InputStatusProps): ReactElement {
  const { t } = useTranslation(["alarm-in", "io"]);
  const format = useFormat();
  const board = useBoards().data?.find((one) => one.board === input.board);
  const live = useLive((state) => state.inputs.find((one) => one.input === input.input));
  const since = live?.since;
  const wired = source === "contact";
  const seenBy = board?.driver.kind === "video-detection" ? board.driver.channel : undefined;
  const at = seenBy === undefined ? `/boards/${input.board}` : `/detection/${seenBy}`;
  return (
    <Group gap="md" mt={4}>
      {input.enabled ? (
        <ActiveBadge state={wired ? logicalState(contact.level, input.type) : activeState(live?.active)} />
      ) : (
        <Text size="sm">{t("state.off")}</Text>
      )}
      {wired && <LevelBadge level={contact.level} />}
      {since !== undefined && input.enabled && <Text size="sm">{t("since", { at: format.dateTime(since) })}</Text>}
      {source !== "offline" && (
        <Anchor component={Link} to={at} size="sm">
          {seenBy === undefined
            ? t("place", { ns: "io", board: board?.name ?? input.board, point: input.point })
            : board?.name}
        </Anchor>
      )}
    </Group>
  );
}
