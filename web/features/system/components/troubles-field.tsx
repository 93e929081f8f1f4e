import { Select } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { troublesTold, usualTroublesTold, type TroublesTold } from "../../../../src/domain/notifier-settings.ts";

interface TroublesFieldProps {
  readonly told: unknown;
  readonly onChange: (told: TroublesTold) => void;
}

/** Which troubles a receiver is told: short words to choose from, and below what the chosen one means. */
export function TroublesField({ told, onChange }: TroublesFieldProps): ReactElement {
  const { t } = useTranslation("system");
  const chosen = troublesTold.find((one) => one === told) ?? usualTroublesTold;
  return (
    <Select
      label={t("notify.troubles")}
      description={`${t(`notify.troublesMeans.${chosen}`)} ${t("notify.troublesSays")}`}
      inputWrapperOrder={["label", "input", "description", "error"]}
      data={troublesTold.map((value) => ({ value, label: t(`notify.troublesTold.${value}`) }))}
      value={chosen}
      onChange={(value) => onChange(troublesTold.find((one) => one === value) ?? usualTroublesTold)}
      allowDeselect={false}
    />
  );
}
