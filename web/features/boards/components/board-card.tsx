import { Anchor, Card, Group, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { inputPoints } from "../../../../src/domain/board-points.ts";
import { useLive } from "../../../shared/event-stream.ts";
import { contactNow, driverOf } from "../../../shared/io/points.ts";
import { said } from "../../../shared/said.ts";
import type { Board } from "../../../shared/types.ts";
import { BoardState } from "./board-state.tsx";
import { HealthLine } from "./health-line.tsx";
import classes from "./boards.module.css";

/** A board in the list: its name, how it is, and its contacts as small squares (filled = closed). */
export function BoardCard({ board }: { readonly board: Board }): ReactElement {
  const { t } = useTranslation("boards");
  const boards = useLive((state) => state.boards);
  const status = boards?.find((one) => one.board === board.board);
  const driver = driverOf(board);
  return (
    <Card withBorder padding="md">
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Title order={2} fz="md">
            <Anchor component={Link} to={`/boards/${board.board}`} inherit>
              {board.name}
            </Anchor>
          </Title>
          <BoardState status={status} />
        </Group>
        <Text size="sm" c="dimmed" truncate>
          {t(`driver.${driver.kind}`)}
          {driver.kind === "modbus-tcp" && ` · ${driver.host}:${driver.port}`}
          {driver.kind === "modbus-rtu" && ` · ${driver.path} · ${driver.unit}`}
          {driver.kind === "gpio" && ` · ${driver.chip}`}
          {driver.kind === "nut" && ` · ${driver.ups}@${driver.host}`}
          {driver.kind === "mqtt" && ` · ${driver.url.replace(/^mqtts?:\/\//, "")}`}
        </Text>
        <Group gap={4} role="img" aria-label={t("contactsOf", { name: board.name })}>
          {inputPoints(driver).map((point) => (
            <span
              key={point}
              className={classes["bit"]}
              data-level={contactNow(boards, board.board, point).level}
              title={String(point)}
            />
          ))}
        </Group>
        {status !== undefined && <HealthLine status={status} />}
        {status?.warnings.map((warning) => (
          <Text key={warning} size="sm" c="orange">
            {said(warning)}
          </Text>
        ))}
      </Stack>
    </Card>
  );
}
