import { Anchor, Button, Group, Table, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { IconBolt } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { outputPoints } from "../../../../src/domain/board-points.ts";
import { useLive } from "../../../shared/event-stream.ts";
import { useAddOutput } from "../../../shared/io/doing.ts";
import { useOutputKinds } from "../../../shared/io/kinds.ts";
import { NamePoint } from "../../../shared/io/name-point.tsx";
import { PlaceText } from "../../../shared/io/place-text.tsx";
import { driverOf, outputPlace } from "../../../shared/io/points.ts";
import { TestButton } from "../../../shared/io/test-button.tsx";
import { useMay, useOutputs } from "../../../shared/site-data.ts";
import stack from "../../../shared/io/stack-table.module.css";
import { tellDone, tellFailure } from "../../../shared/tell.ts";
import type { Board, Output } from "../../../shared/types.ts";
import { useTestRelay } from "../api/boards.ts";

/** Every relay of the board: what it is told, what it reads back as, and its test. */
export function RelaysTable({ board }: { readonly board: Board }): ReactElement {
  const { t } = useTranslation("boards");
  const outputs = useOutputs().data ?? [];
  return (
    <Table className={stack["stack"] ?? ""} aria-label={t("relays")} verticalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("column.relay")}</Table.Th>
          <Table.Th>{t("column.output")}</Table.Th>
          <Table.Th>{t("column.commanded")}</Table.Th>
          <Table.Th>{t("column.readBack")}</Table.Th>
          <Table.Th />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {outputPoints(driverOf(board)).map((point) => (
          <RelayRow
            key={point}
            board={board}
            point={point}
            output={outputs.find((one) => one.board === board.board && one.point === point)}
          />
        ))}
      </Table.Tbody>
    </Table>
  );
}

interface RelayRowProps {
  readonly board: Board;
  readonly point: number;
  readonly output: Output | undefined;
}

function RelayRow({ board, point, output }: RelayRowProps): ReactElement {
  const { t } = useTranslation(["boards", "io"]);
  const live = useLive((state) => state.outputs.find((one) => one.output === output?.output));
  return (
    <Table.Tr>
      <Table.Td>
        <Text fw={500}>{point}</Text>
        <PlaceText place={outputPlace(driverOf(board), point)} />
      </Table.Td>
      {output === undefined ? (
        <Table.Td colSpan={4} data-wide>
          <Group gap={6}>
            <div style={{ flex: "1 1 240px" }}>
              <NameRelay board={board} point={point} />
            </div>
            <TestRelay board={board} point={point} />
          </Group>
        </Table.Td>
      ) : (
        <>
          <Table.Td>
            <Anchor component={Link} to={`/alarm-out/${output.output}`} fw={500}>
              {output.name}
            </Anchor>
          </Table.Td>
          <Table.Td data-label={t("column.commanded")} data-commanded={live?.commanded}>
            {t(`state.${live?.commanded ?? "unknown"}`, { ns: "io" })}
          </Table.Td>
          <Table.Td data-label={t("column.readBack")} data-read-back={live?.readBack}>
            {t(`state.${live?.readBack ?? "unknown"}`, { ns: "io" })}
          </Table.Td>
          <Table.Td ta="right">
            <TestButton output={output} />
          </Table.Td>
        </>
      )}
    </Table.Tr>
  );
}

/** A second, then off by itself. What hangs on it nobody said yet, so it asks first. */
function TestRelay({ board, point }: { readonly board: Board; readonly point: number }): ReactElement {
  const { t } = useTranslation(["boards", "io", "common"]);
  const may = useMay("control");
  const test = useTestRelay(board.board);
  const what = t("relay", { ns: "io", point });
  const ask = () =>
    modals.openConfirmModal({
      title: t("test.title", { ns: "io", name: what }),
      children: t("relayTest.says"),
      labels: { confirm: t("relayTest.confirm"), cancel: t("cancel", { ns: "common" }) },
      onConfirm: () => test.mutate(point, { onError: (error) => tellFailure(t("test.refused", { ns: "io" }), error) }),
    });
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconBolt size={14} aria-hidden />}
      disabled={!may}
      loading={test.isPending}
      onClick={ask}
      aria-label={t("test.label", { ns: "io", name: what })}
    >
      {t("test.press", { ns: "io" })}
    </Button>
  );
}

function NameRelay({ board, point }: { readonly board: Board; readonly point: number }): ReactElement {
  const { t } = useTranslation(["boards", "io"]);
  const kinds = useOutputKinds();
  const add = useAddOutput();
  return (
    <NamePoint
      what={t("relay", { ns: "io", point })}
      kinds={kinds}
      kind="siren"
      pending={add.isPending}
      onName={(name, kind) =>
        add.mutate(
          { name, kind, board: board.board, point },
          {
            onSuccess: () => tellDone(t("named.output", { name })),
            onError: (error) => tellFailure(t("named.failed"), error),
          },
        )
      }
    />
  );
}
