import { ActionIcon, Group, NumberInput, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { footageCauses } from "../../../../src/domain/footage-cause.ts";
import { useChannels } from "../../../shared/site-data.ts";
import type { KeepRule } from "../api/storage.ts";
import { withCause, withChannel, withDays } from "../model/keep.ts";

interface KeepLineProps {
  readonly number: number;
  readonly rule: KeepRule;
  readonly disabled: boolean;
  /** `undefined`: it is taken away. */
  readonly onChange: (rule: KeepRule | undefined) => void;
}

/** One rule: which footage, how many days at least, how many at most. */
export function KeepLine({ number, rule, disabled, onChange }: KeepLineProps): ReactElement {
  const { t } = useTranslation("storage");
  const channels = useChannels().data ?? [];
  const known = channels.map((row) => ({ value: String(row.channel), label: row.name }));
  const gone =
    rule.channel === undefined || channels.some((row) => row.channel === rule.channel)
      ? []
      : [{ value: String(rule.channel), label: t("channel", { number: rule.channel }) }];
  return (
    <Group gap="xs" align="flex-end" role="group" aria-label={t("keep.line", { number })}>
      <Select
        flex="1 1 10rem"
        maw={260}
        label={t("keep.camera")}
        allowDeselect={false}
        disabled={disabled}
        value={rule.channel === undefined ? "all" : String(rule.channel)}
        data={[{ value: "all", label: t("keep.allCameras") }, ...known, ...gone]}
        onChange={(value) => onChange(withChannel(rule, value))}
      />
      <Select
        flex="1 1 8rem"
        maw={200}
        label={t("keep.shows")}
        allowDeselect={false}
        disabled={disabled}
        value={rule.cause ?? "all"}
        data={[
          { value: "all", label: t("keep.everything") },
          ...footageCauses.map((value) => ({ value, label: t(`parts.${value}`) })),
        ]}
        onChange={(value) => onChange(withCause(rule, value))}
      />
      {(["minDays", "maxDays"] as const).map((which) => (
        <NumberInput
          key={which}
          w={130}
          label={t(`keep.${which}`)}
          placeholder={t(`keep.${which}Empty`)}
          min={1}
          max={3650}
          allowDecimal={false}
          disabled={disabled}
          value={rule[which] ?? ""}
          onChange={(given) => onChange(withDays(rule, which, given))}
        />
      ))}
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        disabled={disabled}
        aria-label={t("keep.remove", { number })}
        onClick={() => onChange(undefined)}
      >
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}
