import { Select, TextInput } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { gpioBiases } from "../../../../src/domain/driver-settings.ts";
import type { DriverSettings } from "../../../../src/domain/site-config.ts";
import { isModbus } from "../../../shared/io/points.ts";
import { SecretField } from "../../../shared/ui/secret-field.tsx";
import { NutFields } from "./nut-fields.tsx";
import { ModbusFields } from "./modbus-fields.tsx";

interface ConnectionProps {
  readonly driver: DriverSettings;
  readonly onChange: (driver: DriverSettings) => void;
}

/** How a board is reached, and which bit means closed. */
export function ConnectionFields({ driver, onChange }: ConnectionProps): ReactElement | null {
  const { t } = useTranslation("boards");
  if (isModbus(driver)) return <ModbusFields driver={driver} onChange={onChange} />;
  if (driver.kind === "gpio") {
    return (
      <>
        <TextInput
          label={t("field.chip.label")}
          value={driver.chip}
          onChange={(e) => onChange({ ...driver, chip: e.target.value })}
        />
        <Select
          label={t("field.bias.label")}
          data={gpioBiases.map((value) => ({ value, label: t(`choice.bias.${value}`) }))}
          value={driver.bias}
          allowDeselect={false}
          onChange={(value) => onChange({ ...driver, bias: gpioBiases.find((one) => one === value) ?? "pull-up" })}
        />
      </>
    );
  }
  if (driver.kind === "nut") return <NutFields driver={driver} onChange={onChange} />;
  if (driver.kind !== "mqtt") return null;
  return (
    <>
      <TextInput
        label={t("field.url.label")}
        value={driver.url}
        onChange={(e) => onChange({ ...driver, url: e.target.value })}
      />
      <TextInput
        label={t("field.username.label")}
        value={driver.username}
        onChange={(e) => onChange({ ...driver, username: e.target.value })}
      />
      <SecretField
        label={t("field.password.label")}
        value={driver.password}
        autoComplete="off"
        onChange={(e) => onChange({ ...driver, password: e.target.value })}
      />
    </>
  );
}
