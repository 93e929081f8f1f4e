import { Select, Stack, Switch } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { severities } from "../../../src/domain/linkage-settings.ts";
import type { Input } from "../types.ts";
import { InputsWithin, nobodyWithin } from "./inputs-within.tsx";
import type { LinkageDraft, LinkageValue } from "./linkage-value.ts";

type Confirm = NonNullable<LinkageValue["confirm"]>;

interface ConfirmProps {
  readonly draft: LinkageDraft;
  /** All but the one whose linkage it is. */
  readonly inputs: readonly Input[];
}

/** What else sees the same: how much graver it is then, and whether the sensor is doubted when nothing does. */
export function ConfirmFields({ draft, inputs }: ConfirmProps): ReactElement {
  const { t } = useTranslation("linkage");
  const now: Confirm = draft.value.confirm ?? nobodyWithin;
  const { severity, check, ...rest } = now;
  const grave = (value: string | null) => {
    const chosen = severities.find((one) => one === value);
    const others = { ...rest, ...(check === undefined ? {} : { check }) };
    draft.set({ confirm: chosen === undefined ? others : { ...others, severity: chosen } });
  };
  const doubt = (on: boolean) => {
    const others = { ...rest, ...(severity === undefined ? {} : { severity }) };
    draft.set({ confirm: on ? { ...others, check: true } : others });
  };
  return (
    <Stack gap="xs">
      <InputsWithin
        label={t("confirm")}
        says={t("confirmSays")}
        none={t("nothingElse")}
        inputs={inputs}
        value={now}
        onChange={(confirm) => draft.set({ confirm })}
      />
      {now.inputs.length > 0 && (
        <>
          <Select
            label={t("graverThen")}
            placeholder={t("asAbove")}
            maw={260}
            data={severities.map((value) => ({ value, label: t(`severities.${value}`) }))}
            value={severity ?? null}
            onChange={grave}
            clearable
          />
          <Switch
            label={t("doubt")}
            description={t("doubtSays")}
            checked={check === true}
            onChange={(event) => doubt(event.currentTarget.checked)}
          />
        </>
      )}
    </Stack>
  );
}
