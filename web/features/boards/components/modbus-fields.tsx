import { NumberInput, Select, TextInput } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { parities } from "../../../../src/domain/driver-settings.ts";
import type { ModbusRtuSettings, ModbusSettings, ModbusTcpSettings } from "../../../../src/domain/site-config.ts";

/** The bit that means closed, where all contacts have the same. */
const sameBit = ({ inputs }: ModbusSettings): string | null => {
  const [first] = inputs;
  return first !== undefined && inputs.every(({ closedWhen }) => closedWhen === first.closedWhen)
    ? String(first.closedWhen)
    : null;
};

interface FieldsProps<Settings> {
  readonly driver: Settings;
  readonly onChange: (driver: ModbusSettings) => void;
}

/** How a Modbus board is reached, and which bit means closed. */
export function ModbusFields({ driver, onChange }: FieldsProps<ModbusSettings>): ReactElement {
  const { t } = useTranslation("boards");
  const rtu = driver.kind === "modbus-rtu";
  return (
    <>
      {rtu ? (
        <SerialFields driver={driver} onChange={onChange} />
      ) : (
        <NetworkFields driver={driver} onChange={onChange} />
      )}
      <NumberInput
        label={t("field.unit.label")}
        value={driver.unit}
        min={rtu ? 1 : 0}
        max={rtu ? 247 : 255}
        onChange={(value) => typeof value === "number" && onChange({ ...driver, unit: value })}
      />
      <NumberInput
        label={t("field.pollMs.label")}
        value={driver.pollMs}
        min={10}
        max={60_000}
        onChange={(value) => typeof value === "number" && onChange({ ...driver, pollMs: value })}
      />
      {driver.inputs.length > 0 && (
        <Select
          label={t("field.closedWhen.label")}
          description={t("field.closedWhen.help")}
          placeholder={t("mixed")}
          data={["1", "0"]}
          value={sameBit(driver)}
          allowDeselect={false}
          onChange={(value) => {
            const closedWhen = value === "0" ? 0 : 1;
            onChange({ ...driver, inputs: driver.inputs.map((input) => ({ ...input, closedWhen })) });
          }}
        />
      )}
    </>
  );
}

function NetworkFields({ driver, onChange }: FieldsProps<ModbusTcpSettings>): ReactElement {
  const { t } = useTranslation("boards");
  return (
    <>
      <TextInput
        label={t("field.host.label")}
        value={driver.host}
        onChange={(e) => onChange({ ...driver, host: e.target.value })}
      />
      <NumberInput
        label={t("field.port.label")}
        value={driver.port}
        min={1}
        max={65_535}
        onChange={(value) => typeof value === "number" && onChange({ ...driver, port: value })}
      />
    </>
  );
}

function SerialFields({ driver, onChange }: FieldsProps<ModbusRtuSettings>): ReactElement {
  const { t } = useTranslation("boards");
  return (
    <>
      <TextInput
        label={t("field.serialPath.label")}
        value={driver.path}
        onChange={(e) => onChange({ ...driver, path: e.target.value })}
      />
      <NumberInput
        label={t("field.baudRate.label")}
        value={driver.baudRate}
        min={1200}
        max={1_000_000}
        onChange={(value) => typeof value === "number" && onChange({ ...driver, baudRate: value })}
      />
      <Select
        label={t("field.parity.label")}
        data={parities.map((value) => ({ value, label: t(`choice.parity.${value}`) }))}
        value={driver.parity}
        allowDeselect={false}
        onChange={(value) => onChange({ ...driver, parity: parities.find((one) => one === value) ?? "none" })}
      />
      <Select
        label={t("field.stopBits.label")}
        data={["1", "2"]}
        value={String(driver.stopBits)}
        allowDeselect={false}
        onChange={(value) => onChange({ ...driver, stopBits: value === "2" ? 2 : 1 })}
      />
    </>
  );
}
