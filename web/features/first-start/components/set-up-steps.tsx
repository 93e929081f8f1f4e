import { Skeleton, Stack } from "@mantine/core";
import type { ReactElement } from "react";
import type { FirstStepState, MarkedStep } from "../../../../src/domain/first-steps.ts";
import { useSite, useVolumes } from "../../../shared/site-data.ts";
import { useMark } from "../api/first-start.ts";
import { isStep, openStep, stepAfter } from "../model/steps.ts";
import { CamerasStep } from "./cameras-step.tsx";
import { InputStep } from "./input-step.tsx";
import { SiteStep, type StepProps } from "./site-step.tsx";
import { StepList } from "./step-list.tsx";
import { StorageStep } from "./storage-step.tsx";
import { useGoTo } from "./use-go-to.ts";

interface SetUpStepsProps {
  /** What the address says. */
  readonly asked: string | undefined;
  readonly states: readonly FirstStepState[];
  readonly aheadMs: number;
}

/** The steps behind the administrator, each with its way on and its way past. */
export function SetUpSteps({ asked, states, aheadMs }: SetUpStepsProps): ReactElement {
  const goTo = useGoTo();
  const mark = useMark();
  const wanted = isStep(asked) ? asked : (openStep(states) ?? "site");
  const step: MarkedStep = wanted === "administrator" ? "site" : wanted;
  const goOn = () => void goTo(stepAfter(step));
  const ways: StepProps = {
    onDone: goOn,
    onSkip: () => mark.mutate({ [step]: "skipped" }, { onSuccess: goOn }),
  };
  return (
    <Stack gap="lg">
      <StepList current={step} states={states} onGo={(other) => void goTo(other)} />
      <Step step={step} ways={ways} aheadMs={aheadMs} />
    </Stack>
  );
}

function Step({ step, ways, aheadMs }: { step: MarkedStep; ways: StepProps; aheadMs: number }): ReactElement {
  const site = useSite().data;
  const volume = useVolumes().data?.[0];
  switch (step) {
    case "site":
      return site === undefined ? <Skeleton h={320} /> : <SiteStep {...ways} site={site} aheadMs={aheadMs} />;
    case "storage":
      return volume === undefined ? <Skeleton h={320} /> : <StorageStep {...ways} volume={volume} />;
    case "cameras":
      return <CamerasStep {...ways} />;
    case "input":
      return <InputStep {...ways} />;
  }
}
