import { Anchor, Button, Group, Table, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { inputPoints } from "../../../../src/domain/board-points.ts";
import type { PointStatus } from "../../../../src/messages/api.ts";
import { useLive } from "../../../shared/event-stream.ts";
import { useAddInput, useMoveContact } from "../../../shared/io/doing.ts";
import { useInputKinds } from "../../../shared/io/kinds.ts";
import { LevelBadge } from "../../../shared/io/level-badge.tsx";
import { LoopText } from "../../../shared/io/loop-text.tsx";
import { NamePoint } from "../../../shared/io/name-point.tsx";
import { PlaceText } from "../../../shared/io/place-text.tsx";
import { SensorText } from "../../../shared/io/sensor-text.tsx";
import { contactNow, driverOf, inputPlace, isTampered } from "../../../shared/io/points.ts";
import { useFormat, useInputs } from "../../../shared/site-data.ts";
import { tellDone, tellFailure } from "../../../shared/tell.ts";
import type { Board, Input } from "../../../shared/types.ts";
import stack from "../../../shared/io/stack-table.module.css";
import { said } from "../../../shared/said.ts";
import classes from "./boards.module.css";
import { useMoved } from "./use-moved.ts";

const noPoints: readonly PointStatus[] = [];

/** Every contact of the board as it is now. Press one: its row stands out, and it can be named there. */
export function ContactsTable({ board }: { readonly board: Board }): ReactElement {
  const { t } = useTranslation("boards");
  const inputs = useInputs().data ?? [];
  const boards = useLive((state) => state.boards);
  const moved = useMoved(boards?.find((one) => one.board === board.board)?.points ?? noPoints);
  const driver = driverOf(board);
  return (
    <Table className={stack["stack"] ?? ""} aria-label={t("contacts")} verticalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("column.contact")}</Table.Th>
          <Table.Th>{t("column.now")}</Table.Th>
          <Table.Th>{t("column.changed")}</Table.Th>
          <Table.Th>{t("column.input")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {inputPoints(driver).map((point) => (
          <ContactRow
            key={point}
            board={board}
            contact={contactNow(boards, board.board, point)}
            input={inputs.find((one) => one.board === board.board && one.point === point)}
            moved={moved.has(point)}
          />
        ))}
      </Table.Tbody>
    </Table>
  );
}

interface ContactRowProps {
  readonly board: Board;
  readonly contact: PointStatus;
  readonly input: Input | undefined;
  readonly moved: boolean;
}

function ContactRow({ board, contact, input, moved }: ContactRowProps): ReactElement {
  const { t } = useTranslation(["boards", "io"]);
  const format = useFormat();
  const move = useMoveContact();
  const { point, level, changedAt, reason } = contact;
  const other = level === "closed" ? "open" : "closed";
  return (
    <Table.Tr className={moved ? (classes["moved"] ?? "") : ""} data-moved={moved} data-point={point}>
      <Table.Td>
        <Text fw={500}>{point}</Text>
        <PlaceText place={inputPlace(driverOf(board), point)} />
      </Table.Td>
      <Table.Td>
        <Group gap="xs">
          <LevelBadge level={level} />
          {board.driver.kind === "virtual" && (
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => move.mutate({ board: board.board, point, level: other })}
            >
              {t(`move.${other}`)}
            </Button>
          )}
        </Group>
        <SensorText contact={contact} />
        <LoopText contact={contact} />
        {reason !== undefined && !isTampered(contact) && (
          <Text size="xs" c="red">
            {said(reason)}
          </Text>
        )}
      </Table.Td>
      <Table.Td data-label={t("column.changed")}>
        <Text span size="sm" style={{ whiteSpace: "nowrap" }}>
          {changedAt === undefined ? "–" : format.timeMs(changedAt)}
        </Text>
      </Table.Td>
      <Table.Td>
        {input === undefined ? (
          <NameContact board={board} point={point} />
        ) : (
          <Anchor component={Link} to={`/alarm-in/${input.input}`} fw={500}>
            {input.name}
          </Anchor>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function NameContact({ board, point }: { readonly board: Board; readonly point: number }): ReactElement {
  const { t } = useTranslation(["boards", "io"]);
  const kinds = useInputKinds();
  const add = useAddInput();
  return (
    <NamePoint
      what={t("contact", { ns: "io", point })}
      kinds={kinds}
      kind="door"
      pending={add.isPending}
      onName={(name, kind) =>
        add.mutate(
          { name, kind, board: board.board, point },
          {
            onSuccess: () => tellDone(t("named.input", { name })),
            onError: (error) => tellFailure(t("named.failed"), error),
          },
        )
      }
    />
  );
}
