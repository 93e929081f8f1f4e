import { Button } from "@mantine/core";
import { modals } from "@mantine/modals";
import { IconBolt } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { asksFirst } from "../../../src/domain/alarm-output.ts";
import { useMay } from "../site-data.ts";
import { tellFailure } from "../tell.ts";
import type { Output } from "../types.ts";
import { testOutput } from "./doing.ts";

/** One second, then off by itself. A lock or gate is asked about first; the server refuses what could mislead. */
export function TestButton({ output }: { readonly output: Output }): ReactElement {
  const { t } = useTranslation("io");
  const may = useMay("control");
  const test = useMutation({
    mutationFn: (confirmed: boolean) => testOutput(output.output, confirmed),
    onError: (error) => tellFailure(t("test.refused"), error),
  });
  const press = () => {
    if (!asksFirst(output.kind)) {
      test.mutate(false);
      return;
    }
    modals.openConfirmModal({
      title: t("test.title", { name: output.name }),
      children: t("test.moves", { name: output.name }),
      labels: { confirm: t("test.confirm"), cancel: t("cancel", { ns: "common" }) },
      confirmProps: { color: "red" },
      onConfirm: () => test.mutate(true),
    });
  };
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconBolt size={16} aria-hidden />}
      loading={test.isPending}
      disabled={!may}
      onClick={press}
      aria-label={t("test.label", { name: output.name })}
    >
      {t("test.press")}
    </Button>
  );
}
