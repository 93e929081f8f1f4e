import { NumberInput, Select, TextInput } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { DriverSettings } from "../../../../src/domain/site-config.ts";
import { whenLows } from "../../../../src/domain/ups.ts";
import { SecretField } from "../../../shared/ui/secret-field.tsx";

interface NutFieldsProps {
  readonly driver: Extract<DriverSettings, { kind: "nut" }>;
  readonly onChange: (driver: DriverSettings) => void;
}

/** Where the UPS is, and what Reed does when its battery runs out. */
export function NutFields({ driver, onChange }: NutFieldsProps): ReactElement {
  const { t } = useTranslation("boards");
  const text = (key: "host" | "ups" | "username") => (
    <TextInput
      label={t(`field.${key}.label`)}
      value={driver[key]}
      onChange={(event) => onChange({ ...driver, [key]: event.currentTarget.value })}
    />
  );
  return (
    <>
      {text("host")}
      <NumberInput
        label={t("field.port.label")}
        min={1}
        max={65_535}
        value={driver.port}
        onChange={(value) => typeof value === "number" && onChange({ ...driver, port: value })}
      />
      {text("ups")}
      {text("username")}
      <SecretField
        label={t("field.password.label")}
        value={driver.password}
        onChange={(event) => onChange({ ...driver, password: event.currentTarget.value })}
        autoComplete="new-password"
      />
      <Select
        label={t("field.whenLow.label")}
        data={whenLows.map((value) => ({ value, label: t(`choice.whenLow.${value}`) }))}
        value={driver.whenLow}
        allowDeselect={false}
        onChange={(value) => onChange({ ...driver, whenLow: whenLows.find((one) => one === value) ?? "stop" })}
      />
    </>
  );
}
