import { MultiSelect, SegmentedControl, Stack, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { linkageRanges, severities, usualSeverity } from "../../../src/domain/linkage-settings.ts";
import { useInputs } from "../site-data.ts";
import type { LinkageDraft } from "./linkage-value.ts";
import { RangeField } from "../ui/range-field.tsx";

interface ConditionProps {
  readonly draft: LinkageDraft;
  /** The input whose linkage it is; it can't ask for itself. */
  readonly self?: number | undefined;
}

/** How much it wants a person, and whether another input has to confirm it. */
export function ConditionFields({ draft, self }: ConditionProps): ReactElement {
  const { t } = useTranslation("linkage");
  const inputs = (useInputs().data ?? []).filter(({ input }) => input !== self);
  const { severity = usualSeverity, onlyIf } = draft.value;
  const now = onlyIf ?? { inputs: [], withinS: 30 };
  const choose = (next: string) => {
    const chosen = severities.find((one) => one === next);
    if (chosen !== undefined) draft.set({ severity: chosen });
  };
  return (
    <>
      <Stack gap={4}>
        <Text size="sm" fw={500} id="severity">
          {t("severity")}
        </Text>
        <SegmentedControl
          aria-labelledby="severity"
          value={severity}
          onChange={choose}
          data={severities.map((value) => ({ value, label: t(`severities.${value}`) }))}
          style={{ alignSelf: "flex-start", maxWidth: "100%" }}
        />
        <Text size="sm" c="dimmed">
          {t(`severitySays.${severity}`)}
        </Text>
      </Stack>
      {inputs.length > 0 && (
        <Stack gap="xs">
          <MultiSelect
            label={t("onlyIf")}
            description={t("onlyIfSays")}
            placeholder={now.inputs.length === 0 ? t("always") : ""}
            data={inputs.map(({ input, name }) => ({ value: String(input), label: name }))}
            value={now.inputs.map(String)}
            onChange={(values) => draft.set({ onlyIf: { ...now, inputs: values.map(Number) } })}
            clearable
          />
          {now.inputs.length > 0 && (
            <RangeField
              label={t("within")}
              suffix=" s"
              maw={180}
              range={linkageRanges.withinS}
              value={now.withinS}
              onChange={(value) => draft.set({ onlyIf: { ...now, withinS: value } })}
            />
          )}
        </Stack>
      )}
    </>
  );
}
