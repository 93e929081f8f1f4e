import { Alert, Group, List, Paper, SegmentedControl, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { modals } from "@mantine/modals";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { asksFirst } from "../../../../src/domain/alarm-output.ts";
import type { OutputMode } from "../../../../src/domain/site-config.ts";
import type { OutputStatus } from "../../../../src/messages/api.ts";
import { useLive } from "../../../shared/event-stream.ts";
import { TestButton } from "../../../shared/io/test-button.tsx";
import { useFormat, useInputs } from "../../../shared/site-data.ts";
import { tellFailure } from "../../../shared/tell.ts";
import type { Output } from "../../../shared/types.ts";
import { useSetMode } from "../api/outputs.ts";
import { agrees } from "../model/settings.ts";
import { OnOff } from "./on-off.tsx";

const modes: readonly OutputMode[] = ["auto", "on", "off"];

/** What is true now: commanded, register and feedback apart; what holds it until when; mode and test. */
export function OutputNow({ output }: { readonly output: Output }): ReactElement {
  const { t } = useTranslation("alarm-out");
  const live = useLive((state) => state.outputs.find((one) => one.output === output.output));
  return (
    <Paper withBorder p="md" component="section">
      <Title order={2} fz="md" mb="sm">
        {t("section.now")}
      </Title>
      <Stack gap="md">
        <Three live={live} />
        {live !== undefined && !agrees(live) && (
          <Alert color="red" role="alert">
            {t("disagree")}
          </Alert>
        )}
        <Holds live={live} />
        <Mode output={output} mode={live?.mode ?? output.mode} />
        <Group justify="space-between" gap="sm">
          <Text size="sm" c="dimmed">
            {t("testHelp")}
          </Text>
          <TestButton output={output} />
        </Group>
      </Stack>
    </Paper>
  );
}

function Three({ live }: { readonly live: OutputStatus | undefined }): ReactElement {
  const { t } = useTranslation("alarm-out");
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }}>
      {(["commanded", "readBack", "feedback"] as const).map((key) => {
        const state = live?.[key];
        return (
          <div key={key} data-what={key}>
            <Text size="xs" c="dimmed">
              {t(`column.${key}`)}
            </Text>
            <OnOff state={state} wrong={state !== undefined && state !== "unknown" && state !== live?.wanted} />
            <Text size="xs" c="dimmed">
              {t(`help.${key}`)}
            </Text>
          </div>
        );
      })}
    </SimpleGrid>
  );
}

function Holds({ live }: { readonly live: OutputStatus | undefined }): ReactElement {
  const { t } = useTranslation("alarm-out");
  const format = useFormat();
  const inputs = useInputs().data ?? [];
  if (live === undefined || live.holds.length === 0) {
    return <Text size="sm">{t("holds.none")}</Text>;
  }
  const nameOf = (input: number) =>
    input === 0 ? t("holds.test") : (inputs.find((one) => one.input === input)?.name ?? String(input));
  return (
    <div>
      <Text size="sm">{t("holds.by")}</Text>
      <List size="sm" spacing={2}>
        {live.holds.map((hold) => (
          <List.Item key={hold.by}>
            {t("holds.until", { name: nameOf(hold.input), time: format.time(hold.until) })}
          </List.Item>
        ))}
      </List>
    </div>
  );
}

function Mode({ output, mode }: { readonly output: Output; readonly mode: OutputMode }): ReactElement {
  const { t } = useTranslation(["alarm-out", "common"]);
  const change = useSetMode(output.output);
  const send = (to: OutputMode) => change.mutate(to, { onError: (error) => tellFailure(t("modeFailed"), error) });
  const choose = (to: OutputMode) => {
    if (to !== "on" || !asksFirst(output.kind)) {
      send(to);
      return;
    }
    modals.openConfirmModal({
      title: t("modeOn.title", { name: output.name }),
      children: t("modeOn.says"),
      labels: { confirm: t("modeOn.confirm"), cancel: t("cancel", { ns: "common" }) },
      confirmProps: { color: "red" },
      onConfirm: () => send(to),
    });
  };
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {t("field.mode")}
      </Text>
      <SegmentedControl
        fullWidth
        aria-label={t("field.mode")}
        value={mode}
        disabled={change.isPending}
        onChange={(value) => choose(modes.find((one) => one === value) ?? "auto")}
        data={modes.map((value) => ({ value, label: t(`mode.${value}`) }))}
      />
      <Text size="xs" c="dimmed" mt={4}>
        {t(`modeHelp.${mode}`)}
      </Text>
    </div>
  );
}
