import { SegmentedControl, Stack, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { severities, usualSeverity } from "../../../src/domain/linkage-settings.ts";
import { useInputs } from "../site-data.ts";
import type { LinkageDraft } from "./linkage-value.ts";
import { ConfirmFields } from "./confirm-fields.tsx";
import { InputsWithin, nobodyWithin } from "./inputs-within.tsx";

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
          <InputsWithin
            label={t("onlyIf")}
            says={t("onlyIfSays")}
            none={t("always")}
            inputs={inputs}
            value={onlyIf ?? nobodyWithin}
            onChange={(next) => draft.set({ onlyIf: next })}
          />
        </Stack>
      )}
      {inputs.length > 0 && <ConfirmFields draft={draft} inputs={inputs} />}
    </>
  );
}
