import { Group, Progress, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconArrowForwardUp, IconCheck } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { firstSteps, type FirstStep, type FirstStepState } from "../../../../src/domain/first-steps.ts";
import classes from "./first-start.module.css";

interface StepListProps {
  readonly current: FirstStep;
  readonly states: readonly FirstStepState[];
  /** Absent: before the administrator exists there is no way to the others. */
  readonly onGo?: (step: FirstStep) => void;
}

const marks = { done: IconCheck, skipped: IconArrowForwardUp, open: undefined };

/** The five steps and how each stands; those behind the administrator can be gone to in any order. */
export function StepList({ current, states, onGo }: StepListProps): ReactElement {
  const { t } = useTranslation("first-start");
  const at = firstSteps.indexOf(current);
  const stateOf = (step: FirstStep) => states.find((one) => one.step === step)?.state ?? "open";
  return (
    <nav aria-label={t("path")}>
      <Group gap={4} component="ol" className={classes["steps"] ?? ""} wrap="nowrap">
        {firstSteps.map((step, index) => {
          const state = stateOf(step);
          const Mark = marks[state];
          const blocked = onGo === undefined || step === "administrator";
          return (
            <li key={step} className={classes["step"]}>
              <UnstyledButton
                className={classes["stepButton"] ?? ""}
                data-state={state}
                aria-current={step === current ? "step" : undefined}
                disabled={blocked}
                onClick={() => onGo?.(step)}
              >
                <span className={classes["mark"]} aria-hidden>
                  {Mark === undefined ? index + 1 : <Mark size={14} stroke={2.5} />}
                </span>
                <Text span size="xs" visibleFrom="sm" truncate aria-hidden>
                  {t(`steps.${step}`)}
                </Text>
                <VisuallyHidden>
                  {t("stepIs", { name: t(`steps.${step}`), state: t(`states.${state}`) })}
                </VisuallyHidden>
              </UnstyledButton>
            </li>
          );
        })}
      </Group>
      <Text size="sm" c="dimmed" hiddenFrom="sm" mt={4}>
        {t("stepOf", { at: at + 1, all: firstSteps.length, name: t(`steps.${current}`) })}
      </Text>
      <Progress value={((at + 1) / firstSteps.length) * 100} size={3} mt="xs" aria-hidden />
    </nav>
  );
}
