import { Alert, Badge, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { modals } from "@mantine/modals";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../../../shared/said.ts";
import { tellDone, tellFailure } from "../../../shared/tell.ts";
import { openDialog } from "../../../shared/ui/dialog-form.tsx";
import { useChoose, useMeasure, useRemove, type ModelRow } from "../api/models.ts";
import { EditModel } from "./edit-model.tsx";
import { ModelFacts } from "./model-facts.tsx";
import { ModelState } from "./model-state.tsx";

/** One model: what it is, whether it runs, and what can be done with it. */
export function ModelCard({ row }: { readonly row: ModelRow }): ReactElement {
  const { t } = useTranslation("models");
  const name = row.description.name ?? row.model;
  return (
    <Paper withBorder p="md" component="section" aria-label={name} data-model={row.model}>
      <Stack gap="sm">
        <Group justify="space-between" gap="xs" align="flex-start">
          <Stack gap={2} miw={0}>
            <Group gap="xs">
              <Title order={2} fz="md" style={{ overflowWrap: "anywhere" }}>
                {name}
              </Title>
              {row.shipped && (
                <Badge variant="default" tt="none">
                  {t("shipped")}
                </Badge>
              )}
            </Group>
            <ModelState row={row} />
          </Stack>
          <Actions row={row} name={name} />
        </Group>
        {row.fault !== undefined && (
          <Alert color="red" title={t("fault")}>
            <Text size="sm">{said(row.fault)}</Text>
          </Alert>
        )}
        <ModelFacts row={row} />
      </Stack>
    </Paper>
  );
}

function Actions({ row, name }: { readonly row: ModelRow; readonly name: string }): ReactElement {
  const { t } = useTranslation("models");
  const [choose, measure, remove] = [useChoose(row.model), useMeasure(row.model), useRemove(row.model)];
  const failed = (error: Error) => tellFailure(t("failed", { name }), error);
  const askRemove = () =>
    modals.openConfirmModal({
      title: t("remove.title", { name }),
      children: <Text size="sm">{t("remove.says")}</Text>,
      labels: { confirm: t("remove.press"), cancel: t("remove.keep") },
      confirmProps: { color: "red" },
      onConfirm: () =>
        remove.mutate(undefined, { onSuccess: () => tellDone(t("remove.done", { name })), onError: failed }),
    });
  const edit = () => openDialog(t("edit.title", { name }), (onClose) => <EditModel row={row} onClose={onClose} />);
  return (
    <Group gap="xs">
      {!row.chosen && row.fault === undefined && (
        <Button
          size="xs"
          loading={choose.isPending}
          onClick={() =>
            choose.mutate(undefined, { onSuccess: () => tellDone(t("chosen", { name })), onError: failed })
          }
        >
          {t("use")}
        </Button>
      )}
      <Button
        size="xs"
        variant="default"
        loading={measure.isPending}
        onClick={() => measure.mutate(undefined, { onError: failed })}
      >
        {t("measure")}
      </Button>
      {!row.shipped && (
        <Button size="xs" variant="default" onClick={edit}>
          {t("edit.open")}
        </Button>
      )}
      {!row.shipped && !row.chosen && (
        <Button size="xs" variant="subtle" color="red" loading={remove.isPending} onClick={askRemove}>
          {t("remove.open")}
        </Button>
      )}
    </Group>
  );
}
