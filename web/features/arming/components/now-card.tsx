import { Badge, Button, Divider, Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { disarmedMode, type ArmingView, type ModeSettings } from "../../../../src/domain/arming.ts";
import { useBypass, useReadiness } from "../../../shared/arming/arming-data.ts";
import { runningDelay } from "../../../shared/arming/delay.ts";
import { useModeName } from "../../../shared/arming/mode-name.ts";
import { ReadinessList } from "../../../shared/arming/readiness-list.tsx";
import { useArmIn } from "../../../shared/arming/use-arm-in.ts";
import { useLive } from "../../../shared/event-stream.ts";
import { said } from "../../../shared/said.ts";
import { useFormat } from "../../../shared/site-data.ts";
import { tellFailure } from "../../../shared/tell.ts";
import type { Input } from "../../../shared/types.ts";
import { useNow } from "../../../shared/use-now.ts";
import { Section } from "../../../shared/ui/section.tsx";

interface NowCardProps {
  readonly modes: readonly ModeSettings[];
  readonly inputs: readonly Input[];
}

/** The mode now, since when and by whom; the modes to change to, and what stands against each. */
export function NowCard({ modes, inputs }: NowCardProps): ReactElement {
  const { t } = useTranslation("arming");
  const arming = useLive((state) => state.arming);
  const [asked, setAsked] = useState<string>();
  const nameOf = useModeName();
  const { arm, pending } = useArmIn();
  const mode = modes.some((one) => one.mode === asked) ? asked : modes[0]?.mode;
  if (arming === undefined || mode === undefined)
    return (
      <Section fill title={t("card.now")}>
        {null}
      </Section>
    );
  const armed = arming.mode !== disarmedMode;
  return (
    <Section fill title={t("card.now")}>
      <State arming={arming} modes={modes} />
      <LeftOut arming={arming} inputs={inputs} />
      <Divider />
      <SegmentedControl
        fullWidth
        aria-label={t("ready.label")}
        value={mode}
        onChange={setAsked}
        data={modes.map((one) => ({ value: one.mode, label: nameOf(one.mode) }))}
      />
      <Ready mode={mode} />
      <Group gap="xs">
        <Button color="red" disabled={arming.mode === mode} loading={pending} onClick={() => arm(mode)}>
          {t("armIn", { mode: nameOf(mode) })}
        </Button>
        {armed && (
          <Button variant="default" loading={pending} onClick={() => arm(disarmedMode)}>
            {t("disarm")}
          </Button>
        )}
      </Group>
    </Section>
  );
}

function State({ arming, modes }: { readonly arming: ArmingView; readonly modes: readonly ModeSettings[] }) {
  const { t } = useTranslation("arming");
  const format = useFormat();
  const nameOf = useModeName();
  const settings = { modes, whileDisarmed: { outputs: [], notifiers: [] } };
  const delay = runningDelay(arming, settings, useNow(500));
  const armed = arming.mode !== disarmedMode;
  return (
    <Group gap="sm">
      <Badge size="lg" color={delay === undefined ? (armed ? "red" : "gray") : "orange"} variant="light">
        {nameOf(arming.mode)}
      </Badge>
      {delay !== undefined && <Text fw={600}>{t(`delay.${delay.kind}`, { seconds: delay.leftS })}</Text>}
      {arming.by !== "" && (
        <Text size="sm" c="dimmed">
          {t("since", { at: format.dateTime(arming.since), by: said(arming.by) })}
        </Text>
      )}
    </Group>
  );
}

/** Bypassed, shut down or left open: each with what can be done about it. */
function LeftOut({ arming, inputs }: { readonly arming: ArmingView; readonly inputs: readonly Input[] }) {
  const { t } = useTranslation("arming");
  const bypass = useBypass();
  const nameOf = (input: number) => inputs.find((one) => one.input === input)?.name ?? String(input);
  const put = (list: readonly number[]) =>
    bypass.mutate(list, { onError: (error) => tellFailure(t("bypass.failed"), error) });
  const rows = [
    ...arming.bypass.map((input) => ({ input, what: "bypassed" as const })),
    ...arming.open.map((input) => ({ input, what: "open" as const })),
    ...arming.shutDown.map((input) => ({ input, what: "shutDown" as const })),
  ];
  if (rows.length === 0) return null;
  return (
    <Stack gap={6}>
      {rows.map(({ input, what }) => (
        <Group key={`${what}${input}`} gap="xs" justify="space-between">
          <Text size="sm">{t(`left.${what}`, { name: nameOf(input) })}</Text>
          {what !== "shutDown" && (
            <Button
              size="compact-sm"
              variant="default"
              loading={bypass.isPending}
              onClick={() =>
                put(what === "open" ? [...arming.bypass, input] : arming.bypass.filter((one) => one !== input))
              }
            >
              {t(what === "open" ? "bypass.add" : "bypass.remove")}
            </Button>
          )}
        </Group>
      ))}
    </Stack>
  );
}

function Ready({ mode }: { readonly mode: string }): ReactElement | null {
  const inputs = useLive((state) => state.inputs);
  const ready = useReadiness(mode, inputs);
  return ready.data === undefined ? null : <ReadinessList ready={ready.data} />;
}
