import { Alert, Group, List, SimpleGrid, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { OutputStatus } from "../../../../src/messages/api.ts";
import { useLive } from "../../../shared/event-stream.ts";
import { TestButton } from "../../../shared/io/test-button.tsx";
import { useFormat, useInputs } from "../../../shared/site-data.ts";
import type { Output } from "../../../shared/types.ts";
import { Section } from "../../../shared/ui/section.tsx";
import { agrees } from "../model/settings.ts";
import { Mode } from "./mode.tsx";
import { OnOff } from "./on-off.tsx";

/** What is true now: commanded, register and feedback apart; what holds it until when; mode and test. */
export function OutputNow({ output }: { readonly output: Output }): ReactElement {
  const { t } = useTranslation("alarm-out");
  const live = useLive((state) => state.outputs.find((one) => one.output === output.output));
  return (
    <Section title={t("section.now")}>
      <Three live={live} />
      {live !== undefined && !agrees(live) && (
        <Alert color="red" role="alert">
          {t("disagree")}
        </Alert>
      )}
      <Holds live={live} />
      <Mode output={output} mode={live?.mode ?? output.mode} forcedUntil={live?.forcedUntil} />
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed">
          {t("testHelp")}
        </Text>
        <TestButton output={output} />
      </Group>
    </Section>
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
  const nameOf = ({ by, input }: { readonly by: string; readonly input: number }) => {
    if (input === 0 && by === "") return t("holds.hidden");
    if (input === 0) return by.startsWith("test:") ? t("holds.test") : t("holds.beep");
    return inputs.find((one) => one.input === input)?.name ?? String(input);
  };
  return (
    <div>
      <Text size="sm">{t("holds.by")}</Text>
      <List size="sm" spacing={2}>
        {live.holds.map((hold, index) => (
          <List.Item key={`${hold.by} ${index}`}>
            {t(hold.latched === undefined ? "holds.until" : "holds.latched", {
              name: nameOf(hold),
              time: format.time(hold.until),
            })}
          </List.Item>
        ))}
      </List>
    </div>
  );
}
