import { Button, Checkbox, Group, Select, Stack, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { CopiedSetting } from "../../../../src/contract/input.ts";
import { tellDone } from "../../../shared/tell.ts";
import type { Input } from "../../../shared/types.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { useCopyInput } from "../api/inputs.ts";

interface CopyStart {
  /** Given in the panel of one input. */
  readonly from?: Input;
  /** Given where rows were ticked. */
  readonly to?: readonly Input[];
  readonly all: readonly Input[];
}

/** What is copied as it is offered first: what an edge does, not how the contact is wired. */
const usual: readonly CopiedSetting[] = [
  "recordChannels",
  "postRecordS",
  "maxRecordS",
  "outputs",
  "notifiers",
  "schedule",
];
const settings: readonly CopiedSetting[] = [
  ...usual,
  "antiDitherS",
  "debounceMs",
  "restoreMs",
  "chatterPerMin",
  "watchDays",
  "unseenH",
  "kind",
  "type",
  "enabled",
];

/** Settings of one input onto others: all of them or, if one refuses, none. */
export function openCopy(title: string, start: CopyStart): void {
  const id = modals.open({ title, size: "lg", children: <Copy {...start} onClose={() => modals.close(id)} /> });
}

function Copy({ from, to, all, onClose }: CopyStart & { readonly onClose: () => void }): ReactElement {
  const { t } = useTranslation(["alarm-in", "common"]);
  const [source, setSource] = useState(from?.input);
  const [what, setWhat] = useState<readonly string[]>(usual);
  const [targets, setTargets] = useState<readonly string[]>((to ?? []).map((one) => String(one.input)));
  const copy = useCopyInput(source ?? 0);
  const others = all.filter((one) => one.input !== source);
  const chosen = others.filter((one) => targets.includes(String(one.input)));
  const send = () =>
    copy.mutate(
      { to: chosen.map((one) => one.input), what: settings.filter((one) => what.includes(one)) },
      {
        onSuccess: ({ copied }) => {
          tellDone(t("copy.done", { count: copied.length }));
          onClose();
        },
      },
    );
  return (
    <Stack gap="md">
      {from === undefined && (
        <Select
          label={t("copy.from")}
          data={all.map((one) => ({ value: String(one.input), label: one.name }))}
          value={source === undefined ? null : String(source)}
          onChange={(value) => setSource(value === null ? undefined : Number(value))}
          searchable
        />
      )}
      <Checkbox.Group label={t("copy.what")} value={[...what]} onChange={setWhat}>
        <Group gap="md" mt="xs">
          {settings.map((one) => (
            <Checkbox key={one} value={one} label={t(`copied.${one}`)} />
          ))}
        </Group>
      </Checkbox.Group>
      <Checkbox.Group label={t("copy.to")} value={[...targets]} onChange={setTargets}>
        <Group gap="md" mt="xs">
          {others.map((one) => (
            <Checkbox key={one.input} value={String(one.input)} label={one.name} />
          ))}
        </Group>
      </Checkbox.Group>
      {others.length === 0 && <Text size="sm">{t("copy.nobody")}</Text>}
      {copy.isError && <ErrorNote error={copy.error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t("cancel", { ns: "common" })}
        </Button>
        <Button
          onClick={send}
          loading={copy.isPending}
          disabled={source === undefined || chosen.length === 0 || what.length === 0}
        >
          {t("copy.press", { count: chosen.length })}
        </Button>
      </Group>
    </Stack>
  );
}
