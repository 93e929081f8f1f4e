import { Group, SegmentedControl, Select, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { asksFirst } from "../../../../src/domain/alarm-output.ts";
import { outputDefaults } from "../../../../src/domain/output-settings.ts";
import type { OutputMode } from "../../../../src/domain/site-config.ts";
import { useFormat } from "../../../shared/site-data.ts";
import { tellFailure } from "../../../shared/tell.ts";
import type { Output } from "../../../shared/types.ts";
import { useSetMode } from "../api/outputs.ts";

const modes: readonly OutputMode[] = ["auto", "on", "off"];
/** Seconds that a mode can be forced for. */
const times = [300, 900, 3600, 14_400, 28_800, 86_400] as const;

interface ModeProps {
  readonly output: Output;
  readonly mode: OutputMode;
  readonly forcedUntil: number | undefined;
}

/** Auto, or forced on or off for a chosen time; takes effect at once. */
export function Mode({ output, mode, forcedUntil }: ModeProps): ReactElement {
  const { t } = useTranslation(["alarm-out", "common"]);
  const format = useFormat();
  const change = useSetMode(output.output);
  const [forS, setForS] = useState<number>(outputDefaults.forcedS);
  const send = (to: OutputMode, seconds = forS) =>
    change.mutate(
      { mode: to, ...(to === "auto" ? {} : { forS: seconds }) },
      { onError: (error) => tellFailure(t("modeFailed"), error) },
    );
  const choose = (to: OutputMode) => {
    if (to !== "on" || !asksFirst(output.kind)) {
      send(to);
      return;
    }
    modals.openConfirmModal({
      title: t("modeOn.title", { name: output.name }),
      children: t("modeOn.says", { time: format.duration(forS * 1000) }),
      labels: { confirm: t("modeOn.confirm"), cancel: t("cancel", { ns: "common" }) },
      confirmProps: { color: "red" },
      onConfirm: () => send(to),
    });
  };
  const again = (value: string | null) => {
    const seconds = Number(value);
    setForS(seconds);
    if (mode !== "auto") send(mode, seconds);
  };
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {t("field.mode")}
      </Text>
      <Group gap="sm" align="flex-end">
        <SegmentedControl
          style={{ flex: 1, minWidth: 200 }}
          aria-label={t("field.mode")}
          value={mode}
          disabled={change.isPending}
          onChange={(value) => choose(modes.find((one) => one === value) ?? "auto")}
          data={modes.map((value) => ({ value, label: t(`mode.${value}`) }))}
        />
        <Select
          w={130}
          aria-label={t("field.forS")}
          data={times.map((seconds) => ({
            value: String(seconds),
            label: t("forS", { time: format.duration(seconds * 1000) }),
          }))}
          value={String(forS)}
          allowDeselect={false}
          onChange={again}
        />
      </Group>
      <Text size="xs" c={mode === "auto" ? "dimmed" : "orange"} mt={4}>
        {t(`modeHelp.${mode}`, {
          time: forcedUntil === undefined ? "–" : format.time(forcedUntil),
          forS: format.duration(forS * 1000),
        })}
      </Text>
    </div>
  );
}
