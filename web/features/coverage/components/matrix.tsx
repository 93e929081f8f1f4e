import { Anchor, Paper, ScrollArea, Table, Text, Title, Tooltip } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { CoverageAnswer } from "../../../../src/contract/foresight.ts";
import { useModeName } from "../../../shared/arming/mode-name.ts";
import { useChannels, useInputs, useNotifiers, useOutputs, useSchedules } from "../../../shared/site-data.ts";
import classes from "./matrix.module.css";

type Row = CoverageAnswer["rows"][number];
type Kind = Row["cells"][number]["target"]["kind"];

interface Column {
  readonly kind: Kind;
  readonly number: number;
  readonly name: string;
}

const numberOf = ({ target }: Row["cells"][number]): number =>
  "channel" in target ? target.channel : target.kind === "output" ? target.output : target.notifier;

/** Inputs down, cameras, outputs and receivers across: what reaches what, and what is in the way. */
export function Matrix({ rows }: { readonly rows: readonly Row[] }): ReactElement {
  const { t } = useTranslation("coverage");
  const columns = useColumns();
  const groups = (["record", "output", "notify"] as const)
    .map((kind) => ({ kind, count: columns.filter((one) => one.kind === kind).length }))
    .filter(({ count }) => count > 0);
  return (
    <Paper withBorder p="md" component="section">
      <Title order={2} fz="md" mb="sm">
        {t("matrix.title")}
      </Title>
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0, "aria-label": t("matrix.title") }}>
        <Table className={classes["matrix"] ?? ""} withColumnBorders>
          <Table.Thead>
            <Table.Tr>
              <Table.Th rowSpan={2}>{t("matrix.input")}</Table.Th>
              <Table.Th rowSpan={2}>{t("matrix.acts")}</Table.Th>
              {groups.map(({ kind, count }) => (
                <Table.Th key={kind} colSpan={count} ta="center">
                  {t(`matrix.${kind}`)}
                </Table.Th>
              ))}
            </Table.Tr>
            <Table.Tr>
              {columns.map(({ kind, number, name }) => (
                <Table.Th key={`${kind}${number}`} ta="center" fw={400}>
                  {name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <MatrixRow key={row.input} row={row} columns={columns} />
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </Paper>
  );
}

function useColumns(): readonly Column[] {
  const channels = useChannels().data ?? [];
  const outputs = useOutputs().data ?? [];
  const notifiers = useNotifiers().data ?? [];
  return [
    ...channels.map(({ channel, name }) => ({ kind: "record", number: channel, name }) as const),
    ...outputs.map(({ output, name }) => ({ kind: "output", number: output, name }) as const),
    ...notifiers.map(({ notifier, name }) => ({ kind: "notify", number: notifier, name }) as const),
  ];
}

function MatrixRow({ row, columns }: { readonly row: Row; readonly columns: readonly Column[] }): ReactElement {
  const { t } = useTranslation("coverage");
  const inputs = useInputs().data ?? [];
  const schedules = useSchedules().data ?? [];
  const modeName = useModeName();
  const name = inputs.find((one) => one.input === row.input)?.name ?? String(row.input);
  const schedule = schedules.find((one) => one.schedule === row.schedule)?.name;
  const acts = typeof row.acts === "string" ? t(`acts.${row.acts}`) : row.acts.map(modeName).join(", ");
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        <Anchor component={Link} to={`/alarm-in/${row.input}`} size="sm">
          {name}
        </Anchor>
      </Table.Th>
      <Table.Td>
        <Text size="sm" c={row.enabled && row.acts !== "never" ? undefined : "dimmed"}>
          {row.enabled ? acts : t("acts.off")}
          {schedule !== undefined && ` · ${t("acts.inside", { schedule })}`}
        </Text>
      </Table.Td>
      {columns.map((column) => (
        <Cell key={`${column.kind}${column.number}`} row={row} column={column} />
      ))}
    </Table.Tr>
  );
}

function Cell({ row, column }: { readonly row: Row; readonly column: Column }): ReactElement {
  const { t } = useTranslation("coverage");
  const cell = row.cells.find((one) => one.target.kind === column.kind && numberOf(one) === column.number);
  // without arming nothing but the recording comes about
  const quiet = column.kind !== "record" && row.acts === "never";
  const blocked = cell?.blocked ?? (cell !== undefined && quiet ? t("acts.never") : undefined);
  if (cell === undefined) return <Table.Td />;
  return (
    <Table.Td ta="center">
      {blocked === undefined ? (
        <IconCheck size={18} color="var(--mantine-color-green-6)" aria-label={t("cell.yes")} />
      ) : (
        <Tooltip label={blocked} events={{ hover: true, focus: true, touch: true }} multiline maw={260}>
          <span tabIndex={0} role="img" aria-label={blocked}>
            <IconX size={18} color="var(--mantine-color-red-6)" aria-hidden />
          </span>
        </Tooltip>
      )}
    </Table.Td>
  );
}
