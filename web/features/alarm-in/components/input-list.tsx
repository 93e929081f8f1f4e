import { Button, Group } from "@mantine/core";
import { IconCopy, IconPlugConnected, IconPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../../shared/event-stream.ts";
import { KindIcon } from "../../../shared/io/kind-icon.tsx";
import { LevelBadge } from "../../../shared/io/level-badge.tsx";
import { contactNow } from "../../../shared/io/points.ts";
import { useBoards, useChannels, useInputs, useOutputs } from "../../../shared/site-data.ts";
import type { Input } from "../../../shared/types.ts";
import { DataTable, type TableColumn } from "../../../shared/ui/data-table.tsx";
import { EmptyState } from "../../../shared/ui/empty-state.tsx";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { LoadingRows } from "../../../shared/ui/loading-rows.tsx";
import { PageHeader } from "../../../shared/ui/page-header.tsx";
import { logicalState } from "../model/settings.ts";
import { ActiveBadge } from "./active-badge.tsx";
import { openAddInput } from "./add-input.tsx";
import { openCopy } from "./copy-dialog.tsx";

/** All inputs with what is true of them now; ticked ones can get the settings of another. */
export function InputList(): ReactElement {
  const { t } = useTranslation("alarm-in");
  const navigate = useNavigate();
  const inputs = useInputs();
  const columns = useColumns();
  const [selected, setSelected] = useState<ReadonlySet<string | number>>(new Set());
  const go = (input: number) => void navigate({ to: "/alarm-in/{-$input}", params: { input: String(input) } });
  const rows = inputs.data ?? [];
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => openAddInput(t("add.title"), go)}>
      {t("add.press")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("title")} says={t("says")}>
        {rows.length > 0 && add}
      </PageHeader>
      {inputs.isPending && <LoadingRows rows={5} />}
      {inputs.isError && <ErrorNote error={inputs.error} onRetry={() => void inputs.refetch()} />}
      {inputs.data?.length === 0 && (
        <EmptyState icon={IconPlugConnected} title={t("empty.title")} says={t("empty.says")}>
          {add}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <DataTable
          label={t("title")}
          rows={rows}
          columns={columns}
          keyOf={(row) => row.input}
          nameOf={(row) => row.name}
          onOpen={(row) => go(row.input)}
          selected={selected}
          onSelect={setSelected}
        >
          {selected.size > 0 && (
            <Button
              variant="default"
              leftSection={<IconCopy size={16} aria-hidden />}
              onClick={() =>
                openCopy(t("copy.title"), { to: rows.filter((row) => selected.has(row.input)), all: rows })
              }
            >
              {t("copy.onto", { count: selected.size })}
            </Button>
          )}
        </DataTable>
      )}
    </>
  );
}

function useColumns(): readonly TableColumn<Input>[] {
  const { t } = useTranslation(["alarm-in", "io"]);
  const boards = useBoards().data ?? [];
  const channels = useChannels().data ?? [];
  const outputs = useOutputs().data ?? [];
  const live = useLive((state) => state.boards);
  const levelOf = (row: Input) => contactNow(live, row.board, row.point).level;
  const named = (numbers: readonly number[], nameOf: (number: number) => string | undefined) =>
    numbers.map((number) => nameOf(number) ?? String(number)).join(", ") || "–";
  const stateOf = (row: Input) => (row.enabled ? logicalState(levelOf(row), row.type) : undefined);
  return [
    { key: "name", title: t("column.name"), value: (row) => row.name },
    {
      key: "state",
      title: t("column.state"),
      value: (row) => t(`state.${stateOf(row) ?? "off"}`),
      draw: (row) => {
        const state = stateOf(row);
        return state === undefined ? t("state.off") : <ActiveBadge state={state} />;
      },
    },
    {
      key: "contact",
      title: t("column.contact"),
      value: (row) => t(`level.${levelOf(row)}`, { ns: "io" }),
      draw: (row) => <LevelBadge level={levelOf(row)} />,
    },
    { key: "type", title: t("column.type"), value: (row) => row.type },
    {
      key: "kind",
      title: t("column.kind"),
      value: (row) => t(`inputKind.${row.kind}`, { ns: "io" }),
      draw: (row) => (
        <Group gap={6} wrap="nowrap">
          <KindIcon kind={row.kind} />
          {t(`inputKind.${row.kind}`, { ns: "io" })}
        </Group>
      ),
    },
    {
      key: "place",
      title: t("column.place"),
      value: (row) =>
        t("place", {
          ns: "io",
          board: boards.find((one) => one.board === row.board)?.name ?? row.board,
          point: row.point,
        }),
    },
    {
      key: "records",
      title: t("column.records"),
      value: (row) => named(row.recordChannels, (n) => channels.find((one) => one.channel === n)?.name),
    },
    {
      key: "outputs",
      title: t("column.outputs"),
      value: (row) =>
        named(
          row.outputs.map((link) => link.output),
          (n) => outputs.find((one) => one.output === n)?.name,
        ),
    },
  ];
}
