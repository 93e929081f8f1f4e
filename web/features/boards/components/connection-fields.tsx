import { NumberInput, PasswordInput, Select, TextInput } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { DriverSettings } from "../../../../src/domain/site-config.ts";

type Modbus = Extract<DriverSettings, { kind: "modbus-tcp" }>;

/** The bit that means closed, where all contacts have the same. */
const sameBit = ({ inputs }: Modbus): string | null => {
  const [first] = inputs;
  return first !== undefined && inputs.every(({ closedWhen }) => closedWhen === first.closedWhen)
    ? String(first.closedWhen)
    : null;
};

const withBit = ({ inputs }: Modbus, closedWhen: 0 | 1): Modbus["inputs"] =>
  inputs.map((input) => ({ ...input, closedWhen }));

interface ConnectionProps {
  readonly driver: DriverSettings;
  readonly onChange: (driver: DriverSettings) => void;
}

/** How a board is reached, and which bit means closed. */
export function ConnectionFields({ driver, onChange }: ConnectionProps): ReactElement | null {
  const { t } = useTranslation("boards");
  if (driver.kind === "modbus-tcp") {
    const number = (key: "port" | "unit" | "pollMs", max: number) => (
      <NumberInput
        label={t(`field.${key}.label`)}
        value={driver[key]}
        min={key === "unit" ? 0 : key === "pollMs" ? 10 : 1}
        max={max}
        onChange={(value) => typeof value === "number" && onChange({ ...driver, [key]: value })}
      />
    );
    return (
      <>
        <TextInput
          label={t("field.host.label")}
          value={driver.host}
          onChange={(e) => onChange({ ...driver, host: e.target.value })}
        />
        {number("port", 65_535)}
        {number("unit", 255)}
        {number("pollMs", 60_000)}
        {driver.inputs.length > 0 && (
          <Select
            label={t("field.closedWhen.label")}
            description={t("field.closedWhen.help")}
            placeholder={t("mixed")}
            data={["1", "0"]}
            value={sameBit(driver)}
            allowDeselect={false}
            onChange={(value) => onChange({ ...driver, inputs: withBit(driver, value === "0" ? 0 : 1) })}
          />
        )}
      </>
    );
  }
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
      <PasswordInput
        label={t("field.password.label")}
        value={driver.password}
        autoComplete="off"
        onChange={(e) => onChange({ ...driver, password: e.target.value })}
      />
    </>
  );
}
