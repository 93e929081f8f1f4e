import { Button } from "@mantine/core";
import { IconPlus, IconVolume } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../../shared/event-stream.ts";
import { useBoards, useFormat, useOutputs } from "../../../shared/site-data.ts";
import type { Output } from "../../../shared/types.ts";
import { DataTable, type TableColumn } from "../../../shared/ui/data-table.tsx";
import { EmptyState } from "../../../shared/ui/empty-state.tsx";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { LoadingRows } from "../../../shared/ui/loading-rows.tsx";
import { PageHeader } from "../../../shared/ui/page-header.tsx";
import { heldUntil } from "../model/settings.ts";
import { openAddOutput } from "./add-output.tsx";
import { OnOff } from "./on-off.tsx";
import { RestButton } from "./rest-button.tsx";

/** All outputs: what each is told, reads back as, feels, and until when it is held. */
export function OutputList(): ReactElement {
  const { t } = useTranslation("alarm-out");
  const navigate = useNavigate();
  const outputs = useOutputs();
  const columns = useColumns();
  const go = (output: number) => void navigate({ to: "/alarm-out/{-$output}", params: { output: String(output) } });
  const rows = outputs.data ?? [];
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => openAddOutput(t("add.title"), go)}>
      {t("add.press")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("title")} says={t("says")}>
        {rows.length > 0 && (
          <>
            <RestButton />
            {add}
          </>
        )}
      </PageHeader>
      {outputs.isPending && <LoadingRows rows={4} />}
      {outputs.isError && <ErrorNote error={outputs.error} onRetry={() => void outputs.refetch()} />}
      {outputs.data?.length === 0 && (
        <EmptyState icon={IconVolume} title={t("empty.title")} says={t("empty.says")}>
          {add}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <DataTable
          label={t("title")}
          rows={rows}
          columns={columns}
          keyOf={(row) => row.output}
          nameOf={(row) => row.name}
          onOpen={(row) => go(row.output)}
        />
      )}
    </>
  );
}

function useColumns(): readonly TableColumn<Output>[] {
  const { t } = useTranslation(["alarm-out", "io"]);
  const format = useFormat();
  const boards = useBoards().data ?? [];
  const outputs = useLive((state) => state.outputs);
  const live = (row: Output) => outputs?.find((one) => one.output === row.output);
  const word = (state: "on" | "off" | "unknown" | undefined) =>
    state === undefined ? "–" : t(`state.${state}`, { ns: "io" });
  const until = (row: Output) => {
    const status = live(row);
    const at = status === undefined ? undefined : heldUntil(status);
    return at === undefined ? "–" : format.time(at);
  };
  const three = (["commanded", "readBack", "feedback"] as const).map((key): TableColumn<Output> => ({
    key,
    title: t(`column.${key}`),
    value: (row) => word(live(row)?.[key]),
    draw: (row) => {
      const status = live(row);
      const state = status?.[key];
      return <OnOff state={state} wrong={state !== undefined && state !== "unknown" && state !== status?.wanted} />;
    },
  }));
  return [
    { key: "name", title: t("column.name"), value: (row) => row.name },
    { key: "kind", title: t("column.kind"), value: (row) => t(`outputKind.${row.kind}`, { ns: "io" }) },
    { key: "mode", title: t("column.mode"), value: (row) => t(`mode.${live(row)?.mode ?? row.mode}`) },
    ...three,
    { key: "until", title: t("column.until"), value: until },
    {
      key: "place",
      title: t("column.place"),
      value: (row) =>
        t("relayPlace", {
          ns: "io",
          board: boards.find((one) => one.board === row.board)?.name ?? row.board,
          point: row.point,
        }),
    },
  ];
}
