import { Group, List, Loader, Text, ThemeIcon } from "@mantine/core";
import { IconCheck, IconCircleDashed, IconX } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { CameraTest } from "../types.ts";

type State = CameraTest["steps"][number]["state"];

/** What a test does, one line each, as it happens. */
export function TestSteps({ steps }: { readonly steps: CameraTest["steps"] }): ReactElement {
  const { t } = useTranslation("camera-form");
  return (
    <List listStyleType="none" spacing={6} aria-label={t("test.steps")}>
      {steps.map(({ step, state }) => (
        <List.Item key={step}>
          <Group gap={8} wrap="nowrap">
            <Mark state={state} />
            <Text size="sm" c={state === "waiting" ? "dimmed" : undefined}>
              {t(`test.step.${step}`)}
            </Text>
          </Group>
        </List.Item>
      ))}
    </List>
  );
}

function Mark({ state }: { readonly state: State }): ReactElement {
  const { t } = useTranslation("camera-form");
  const label = t(`test.state.${state}`);
  if (state === "running") return <Loader size={18} role="img" aria-label={label} />;
  const Icon = state === "done" ? IconCheck : state === "failed" ? IconX : IconCircleDashed;
  return (
    <ThemeIcon
      size={18}
      radius="xl"
      variant={state === "waiting" ? "transparent" : "filled"}
      color={state === "done" ? "green" : state === "failed" ? "red" : "gray"}
      role="img"
      aria-label={label}
    >
      <Icon size={state === "waiting" ? 18 : 12} aria-hidden />
    </ThemeIcon>
  );
}
