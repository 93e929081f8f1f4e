import { Button, Group, Select, Stack, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import type { UseMutationResult } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { tellDone } from "../tell.ts";
import { ErrorNote } from "../ui/error-note.tsx";
import { TickList } from "../ui/tick-list.tsx";

export interface CopyRow {
  readonly id: number;
  readonly name: string;
}

export interface CopyStart {
  /** Given in the panel of one row. */
  readonly from?: number;
  /** Given where rows were ticked. */
  readonly to?: readonly number[];
  readonly all: readonly CopyRow[];
}

export interface CopyOrder<Setting extends string> {
  readonly to: readonly number[];
  readonly what: readonly Setting[];
}

interface CopyProps<Setting extends string> extends CopyStart {
  /** All that can be copied, in the order of the page, and whether it is ticked at first. */
  readonly settings: Readonly<Record<Setting, boolean>>;
  readonly nameOf: (setting: Setting) => string;
  readonly says: { readonly nobody: string; readonly done: (count: number) => string };
  readonly useCopy: (
    from: number,
  ) => UseMutationResult<{ readonly copied: readonly number[] }, Error, CopyOrder<Setting>>;
}

/** Settings of one row onto others: all of them or, if one refuses, none. */
export function openCopySettings<Setting extends string>(title: string, props: CopyProps<Setting>): void {
  const id = modals.open({ title, size: "lg", children: <Copy {...props} onClose={() => modals.close(id)} /> });
}

function Copy<Setting extends string>({
  from,
  to = [],
  all,
  settings,
  nameOf,
  says,
  useCopy,
  onClose,
}: CopyProps<Setting> & { readonly onClose: () => void }): ReactElement {
  const { t } = useTranslation(["io", "common"]);
  const names = Object.keys(settings) as Setting[];
  const [source, setSource] = useState(from);
  const [what, setWhat] = useState<readonly string[]>(names.filter((name) => settings[name]));
  const [targets, setTargets] = useState<readonly string[]>(to.map(String));
  const copy = useCopy(source ?? 0);
  const others = all.filter((one) => one.id !== source);
  const chosen = others.filter((one) => targets.includes(String(one.id)));
  const send = () =>
    copy.mutate(
      { to: chosen.map((one) => one.id), what: names.filter((name) => what.includes(name)) },
      {
        onSuccess: ({ copied }) => {
          tellDone(says.done(copied.length));
          onClose();
        },
      },
    );
  return (
    <Stack gap="md">
      {from === undefined && (
        <Select
          label={t("copy.from")}
          data={all.map((one) => ({ value: String(one.id), label: one.name }))}
          value={source === undefined ? null : String(source)}
          onChange={(value) => setSource(value === null ? undefined : Number(value))}
          searchable
        />
      )}
      <TickList
        label={t("copy.what")}
        items={names.map((value) => ({ value, label: nameOf(value) }))}
        ticked={what}
        onChange={setWhat}
      />
      <TickList
        label={t("copy.to")}
        items={others.map((one) => ({ value: String(one.id), label: one.name }))}
        ticked={chosen.map((one) => String(one.id))}
        onChange={setTargets}
      />
      {others.length === 0 && <Text size="sm">{says.nobody}</Text>}
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
