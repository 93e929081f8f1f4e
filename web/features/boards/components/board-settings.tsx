import { Button, Group, Paper, SimpleGrid, Switch, TextInput, Title } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { DriverSettings } from "../../../../src/domain/site-config.ts";
import { useDraft } from "../../../shared/draft.ts";
import { driverOf, hasConnection } from "../../../shared/io/points.ts";
import { tellDone, tellFailure } from "../../../shared/tell.ts";
import type { Board } from "../../../shared/types.ts";
import { ApplyBar } from "../../../shared/ui/apply-bar.tsx";
import { useChangeBoard, useRemoveBoard, useTestBoard } from "../api/boards.ts";
import { showNewKeys } from "../../../shared/io/new-keys.tsx";
import { badLoop } from "../model/loops.ts";
import { badPoint, isListed } from "../model/points.ts";
import { ConnectionFields } from "./connection-fields.tsx";
import { PointFields } from "./point-fields.tsx";
import { ProbeResult } from "./probe-result.tsx";

interface Values {
  readonly name: string;
  readonly enabled: boolean;
  readonly driver: DriverSettings;
}

/** Name, on or off, and how it is reached. */
export function BoardSettings({ board }: { readonly board: Board }): ReactElement {
  const { t } = useTranslation(["boards", "common"]);
  const navigate = useNavigate();
  const draft = useDraft<Values>({ name: board.name, enabled: board.enabled, driver: driverOf(board) });
  const change = useChangeBoard(board.board);
  const test = useTestBoard();
  const remove = useRemoveBoard();
  const { name, enabled, driver } = draft.value;
  const loop = badLoop(driver);
  const bad = badPoint(driver) ?? (loop?.why === "bad" ? loop.point : undefined);
  const problem =
    bad !== undefined
      ? t("points.bad", { point: bad })
      : loop === undefined
        ? undefined
        : t("points.unfit", { point: loop.point });
  const apply = () =>
    change.mutate(draft.value, {
      onSuccess: (changed) => {
        draft.discard();
        showNewKeys(t("keys.title"), changed.newKeys ?? []);
        tellDone(t("saved", { ns: "common" }));
      },
      onError: (error) => tellFailure(t("notSaved"), error),
    });
  const askRemove = () =>
    modals.openConfirmModal({
      title: t("remove.title", { name: board.name }),
      children: t("remove.says"),
      labels: { confirm: t("remove", { ns: "common" }), cancel: t("cancel", { ns: "common" }) },
      confirmProps: { color: "red" },
      onConfirm: () =>
        remove.mutate(board.board, {
          onSuccess: () => void navigate({ to: "/boards/{-$board}", params: { board: undefined } }),
          onError: (error) => tellFailure(t("remove.failed"), error),
        }),
    });
  return (
    <Paper withBorder p="md" component="section">
      <Title order={2} mb="sm">
        {t("settings")}
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }} maw={720}>
        <TextInput label={t("field.name.label")} value={name} onChange={(e) => draft.set({ name: e.target.value })} />
        <Switch
          mt={{ base: 0, sm: 28 }}
          label={t("enabled")}
          checked={enabled}
          onChange={(e) => draft.set({ enabled: e.target.checked })}
        />
        <ConnectionFields driver={driver} onChange={(next) => draft.set({ driver: next })} />
      </SimpleGrid>
      {isListed(driver) && <PointFields driver={driver} onChange={(next) => draft.set({ driver: next })} />}
      <Group mt="md" gap="xs">
        {hasConnection(driver) && (
          <Button
            variant="default"
            loading={test.isPending}
            onClick={() => test.mutate({ driver, board: board.board })}
          >
            {t("test.press")}
          </Button>
        )}
        <Button variant="subtle" color="red" onClick={askRemove}>
          {t("remove.press")}
        </Button>
      </Group>
      <ProbeResult probe={test.data} error={test.error} />
      <ApplyBar
        draft={draft}
        onApply={apply}
        applying={change.isPending}
        problem={name.trim() === "" ? t("noName") : problem}
      />
    </Paper>
  );
}
