import { Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLive } from "../../../shared/event-stream.ts";
import { KindIcon } from "../../../shared/io/kind-icon.tsx";
import { LevelBadge } from "../../../shared/io/level-badge.tsx";
import { contactNow } from "../../../shared/io/points.ts";
import { useBoards, useChannels, useOutputs } from "../../../shared/site-data.ts";
import type { Input } from "../../../shared/types.ts";
import type { TableColumn } from "../../../shared/ui/data-table.tsx";
import { activeState, logicalState } from "../model/settings.ts";
import type { Source } from "../model/source.ts";
import { ActiveBadge } from "./active-badge.tsx";

/** What is said of an input in the table; what has no contact has no level, type or place. */
export function useInputColumns(source: Source): readonly TableColumn<Input>[] {
  const { t } = useTranslation(["alarm-in", "io"]);
  const boards = useBoards().data ?? [];
  const channels = useChannels().data ?? [];
  const outputs = useOutputs().data ?? [];
  const live = useLive((state) => state.boards);
  const levelOf = (row: Input) => contactNow(live, row.board, row.point).level;
  const named = (numbers: readonly number[], nameOf: (number: number) => string | undefined) =>
    numbers.map((number) => nameOf(number) ?? String(number)).join(", ") || "–";
  const inputs = useLive((state) => state.inputs);
  const now = (row: Input) =>
    source === "contact"
      ? logicalState(levelOf(row), row.type)
      : activeState(inputs?.find((one) => one.input === row.input)?.active);
  const stateOf = (row: Input) => (row.enabled ? now(row) : undefined);
  const ofContacts = ["contact", "type", "place"];
  const columns: readonly TableColumn<Input>[] = [
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
  return columns.filter(({ key }) => source === "contact" || !ofContacts.includes(key));
}
