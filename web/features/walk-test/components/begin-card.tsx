import { Anchor, Button, Checkbox, Group, NumberInput, Stack, Switch, Text } from "@mantine/core";
import { IconPlugConnected, IconWalk } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { walkMinutes } from "../../../../src/domain/walk-test.ts";
import { useInputs, useMay, useOutputs } from "../../../shared/site-data.ts";
import { tellFailure } from "../../../shared/tell.ts";
import type { Input } from "../../../shared/types.ts";
import { EmptyState } from "../../../shared/ui/empty-state.tsx";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { LoadingRows } from "../../../shared/ui/loading-rows.tsx";
import { Section } from "../../../shared/ui/section.tsx";
import { useBeginWalk, useWalkReceivers } from "../api/walk-test.ts";
import { bodyOf, firstDraft, locksOf, toggled, toldOnly, type WalkDraft } from "../model/walk-draft.ts";
import { TickList } from "./tick-list.tsx";

/** What the test is to be: which inputs, how long, and what may move or be told. */
export function BeginCard(): ReactElement {
  const { t } = useTranslation("walk-test");
  const { data: inputs, error, refetch } = useInputs();
  if (inputs === undefined && error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (inputs === undefined) return <LoadingRows rows={4} height={48} />;
  if (inputs.length === 0)
    return (
      <EmptyState icon={IconPlugConnected} title={t("empty.title")} says={t("empty.says")}>
        <Anchor component={Link} to="/alarm-in">
          {t("empty.link")}
        </Anchor>
      </EmptyState>
    );
  return <BeginForm inputs={inputs} />;
}

function BeginForm({ inputs }: { readonly inputs: readonly Input[] }): ReactElement {
  const { t } = useTranslation("walk-test");
  const [changed, setDraft] = useState<WalkDraft>();
  const draft = changed ?? firstDraft(inputs);
  const change = (part: Partial<WalkDraft>) => setDraft({ ...draft, ...part });
  const locks = locksOf(draft, inputs, useOutputs().data ?? []);
  const [control, arm] = [useMay("control"), useMay("arm")];
  const unproved = toldOnly(draft, inputs, useWalkReceivers(control && arm).data ?? []);
  const begin = useBeginWalk();
  const [least, most] = walkMinutes;
  const send = () => {
    const body = bodyOf(
      draft,
      locks.map(({ output }) => output),
      unproved.map(({ notifier }) => notifier),
    );
    begin.mutate(body, { onError: (error) => tellFailure(t("begin.failed"), error) });
  };
  return (
    <Section title={t("begin.title")} says={t("begin.says")}>
      <Inputs draft={draft} inputs={inputs} onChange={(list) => change({ inputs: list })} />
      <NumberInput
        label={t("begin.minutes")}
        w={180}
        min={least}
        max={most}
        allowDecimal={false}
        clampBehavior="strict"
        value={draft.minutes}
        onChange={(value) => typeof value === "number" && change({ minutes: value })}
      />
      <Switch
        label={t("begin.pulse")}
        description={t("begin.pulseSays")}
        checked={draft.pulse}
        onChange={({ currentTarget }) => change({ pulse: currentTarget.checked })}
      />
      <TickList
        label={t("begin.locks")}
        says={t("begin.locksSays")}
        rows={locks.map(({ output, name }) => ({ id: output, name }))}
        ticked={draft.locks}
        onChange={(list) => change({ locks: list })}
      />
      <TickList
        label={t("begin.send")}
        says={t("begin.sendSays")}
        rows={unproved.map(({ notifier, name }) => ({ id: notifier, name }))}
        ticked={draft.send}
        onChange={(list) => change({ send: list })}
      />
      <Group gap="sm" mt="xs">
        <Button
          size="md"
          leftSection={<IconWalk size={20} aria-hidden />}
          disabled={draft.inputs.length === 0 || draft.minutes < least || !control || !arm}
          loading={begin.isPending}
          onClick={send}
        >
          {t("begin.button")}
        </Button>
        <Text size="sm" c="dimmed">
          {control && arm ? t("begin.chosen", { n: draft.inputs.length, of: inputs.length }) : t("begin.mayNot")}
        </Text>
      </Group>
    </Section>
  );
}

interface InputsProps {
  readonly draft: WalkDraft;
  readonly inputs: readonly Input[];
  readonly onChange: (inputs: readonly number[]) => void;
}

/** All, none, or one by one; what is switched off can't be tested. */
function Inputs({ draft, inputs, onChange }: InputsProps): ReactElement {
  const { t } = useTranslation("walk-test");
  const all = firstDraft(inputs).inputs;
  const none = draft.inputs.length === 0;
  return (
    <Stack gap={6} role="group" aria-label={t("begin.inputs")}>
      <Group justify="space-between" gap="xs">
        <Text fw={500} size="sm">
          {t("begin.inputs")}
        </Text>
        <Button size="compact-sm" variant="default" onClick={() => onChange(none ? all : [])}>
          {t(none ? "begin.all" : "begin.none")}
        </Button>
      </Group>
      {inputs.map(({ input, name, enabled, zone }) => (
        <Checkbox
          key={input}
          label={`${input} ${name}`}
          description={!enabled ? t("begin.off") : zone === "key-switch" ? t("begin.keySwitch") : undefined}
          disabled={!enabled}
          checked={draft.inputs.includes(input)}
          onChange={() => onChange(toggled(draft.inputs, input))}
        />
      ))}
    </Stack>
  );
}
