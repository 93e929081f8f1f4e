import { Button } from "@mantine/core";
import {
  IconCopy,
  IconMessageBolt,
  IconPlugConnected,
  IconPlus,
  IconRun,
  IconVideoOff,
  IconWalk,
} from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { showNewKeys } from "../../../shared/io/new-keys.tsx";
import { driverOf } from "../../../shared/io/points.ts";
import { useBoards, useInputs } from "../../../shared/site-data.ts";
import { tellFailure } from "../../../shared/tell.ts";
import type { Input } from "../../../shared/types.ts";
import { DataTable } from "../../../shared/ui/data-table.tsx";
import { EmptyState } from "../../../shared/ui/empty-state.tsx";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { LoadingRows } from "../../../shared/ui/loading-rows.tsx";
import { PageHeader } from "../../../shared/ui/page-header.tsx";
import { useWatchCameras } from "../api/sources.ts";
import { sourceOf, type Source } from "../model/source.ts";
import { openAddInput } from "./add-input.tsx";
import { openAddMessage } from "./add-message.tsx";
import { openCopy } from "./copy-dialog.tsx";
import { useInputColumns } from "./input-columns.tsx";
import { SourceTabs } from "./source-tabs.tsx";

/** All inputs of a source with what is true of them now; ticked ones can get the settings of another. */
export function InputList(): ReactElement {
  const { t } = useTranslation("alarm-in");
  const navigate = useNavigate();
  const inputs = useInputs();
  const boards = useBoards();
  const [source, setSource] = useState<Source>("contact");
  const all = inputs.data ?? [];
  const known = (boards.data ?? []).map((board) => ({ board: board.board, driver: driverOf(board) }));
  const of = (one: Source) => all.filter((row) => sourceOf(known, row) === one);
  const counts = {
    ...{ contact: of("contact").length, pictures: of("pictures").length },
    ...{ network: of("network").length, offline: of("offline").length },
  };
  return (
    <>
      <PageHeader title={t("title")} says={t("says")}>
        <Button
          variant="default"
          leftSection={<IconWalk size={16} aria-hidden />}
          onClick={() => void navigate({ to: "/walk-test" })}
        >
          {t("walkTest")}
        </Button>
        <AddButton source={source} there={counts[source]} />
      </PageHeader>
      <SourceTabs source={source} counts={counts} onChange={setSource} />
      {(inputs.isPending || boards.isPending) && <LoadingRows rows={5} />}
      {inputs.isError && <ErrorNote error={inputs.error} onRetry={() => void inputs.refetch()} />}
      {inputs.isSuccess && boards.isSuccess && counts[source] === 0 && (
        <EmptyState icon={emptyIcons[source]} title={t(`empty.${source}.title`)} says={t(`empty.${source}.says`)}>
          <AddButton source={source} there={-1} />
        </EmptyState>
      )}
      {boards.isSuccess && counts[source] > 0 && <Rows key={source} rows={of(source)} source={source} all={all} />}
    </>
  );
}

const emptyIcons = {
  contact: IconPlugConnected,
  pictures: IconRun,
  network: IconMessageBolt,
  offline: IconVideoOff,
} as const;

/** In the head beside rows that are `there`, in the middle of an empty page (`there` -1). Cameras are watched once. */
function AddButton({ source, there }: { readonly source: Source; readonly there: number }): ReactElement | null {
  const { t } = useTranslation("alarm-in");
  const navigate = useNavigate();
  const watch = useWatchCameras();
  const go = (input: number) => void navigate({ to: "/alarm-in/{-$input}", params: { input: String(input) } });
  const press = {
    pictures: () => void navigate({ to: "/detection/{-$channel}", params: {} }),
    contact: () => openAddInput(t("add.title"), go),
    network: () =>
      openAddMessage(t("network.add"), ({ input, keys }) => {
        showNewKeys(t("network.keyTitle"), keys);
        go(input.input);
      }),
    offline: () =>
      // the button itself is gone as soon as there is something to show
      void watch.mutateAsync({ board: t("offline.board"), input: t("source.offline") }).then(
        (made) => go(made.input),
        (error: unknown) => tellFailure(t("offline.failed"), error instanceof Error ? error : new Error(String(error))),
      ),
  };
  if (there === 0 || (there > 0 && source === "offline")) return null;
  return (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={press[source]} loading={watch.isPending}>
      {t(`addSource.${source}`)}
    </Button>
  );
}

interface RowsProps {
  readonly rows: readonly Input[];
  readonly source: Source;
  readonly all: readonly Input[];
}

function Rows({ rows, source, all }: RowsProps): ReactElement {
  const { t } = useTranslation("alarm-in");
  const navigate = useNavigate();
  const columns = useInputColumns(source);
  const [selected, setSelected] = useState<ReadonlySet<string | number>>(new Set());
  return (
    <DataTable
      label={t(`source.${source}`)}
      rows={rows}
      columns={columns}
      keyOf={(row) => row.input}
      nameOf={(row) => row.name}
      onOpen={(row) => void navigate({ to: "/alarm-in/{-$input}", params: { input: String(row.input) } })}
      selected={selected}
      onSelect={setSelected}
    >
      {selected.size > 0 && (
        <Button
          variant="default"
          leftSection={<IconCopy size={16} aria-hidden />}
          onClick={() => openCopy(t, { to: rows.filter((row) => selected.has(row.input)), all })}
        >
          {t("copy.onto", { count: selected.size })}
        </Button>
      )}
    </DataTable>
  );
}
