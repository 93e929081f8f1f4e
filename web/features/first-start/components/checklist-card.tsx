import { Anchor, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconArrowForwardUp, IconCircle, IconCircleCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useFirstSteps, useMark } from "../api/first-start.ts";
import { leftSteps } from "../model/steps.ts";

const icons = { done: IconCircleCheck, skipped: IconArrowForwardUp, open: IconCircle };

/** What is left of the first start, on the start page until it is done or put away. */
export default function ChecklistCard(): ReactElement | null {
  const { t } = useTranslation("first-start");
  const steps = useFirstSteps();
  const mark = useMark();
  if (steps.data === undefined || steps.data.dismissed || leftSteps(steps.data.steps).length === 0) return null;
  return (
    <Paper withBorder p="md" mb="md" component="section" aria-label={t("card.title")}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={6}>
          <Title order={2} size="h3">
            {t("card.title")}
          </Title>
          <Group gap="md" component="ul" m={0} p={0}>
            {steps.data.steps.map(({ step, state }) => {
              const Icon = icons[state];
              return (
                <Group key={step} gap={6} wrap="nowrap" component="li">
                  <Icon
                    size={18}
                    role="img"
                    aria-label={t(`states.${state}`)}
                    color={state === "done" ? "var(--mantine-color-teal-text)" : "var(--mantine-color-dimmed)"}
                  />
                  {state === "done" ? (
                    <Text size="sm">{t(`steps.${step}`)}</Text>
                  ) : (
                    <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/setup" search={{ step }} />}>
                      {t(`steps.${step}`)}
                    </Anchor>
                  )}
                </Group>
              );
            })}
          </Group>
        </Stack>
        <Button
          size="compact-sm"
          variant="default"
          loading={mark.isPending}
          onClick={() => mark.mutate({ dismissed: true })}
        >
          {t("card.dismiss")}
        </Button>
      </Group>
    </Paper>
  );
}
