import { ActionIcon, Button, Group, NumberInput, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import {
  addPoint,
  changePoint,
  fieldsOf,
  pointsOf,
  removePoint,
  type Listed,
  type PointField,
  type Side,
} from "../model/points.ts";

interface PointFieldsProps {
  readonly driver: Listed;
  readonly onChange: (driver: Listed) => void;
}

/** Where each contact and relay is found on the device; added and taken away one by one. */
export function PointFields({ driver, onChange }: PointFieldsProps): ReactElement {
  const sides: readonly Side[] = driver.kind === "http-trigger" ? ["inputs"] : ["inputs", "outputs"];
  return (
    <Stack gap="md" mt="md">
      {sides.map((side) => (
        <PointList key={side} driver={driver} side={side} onChange={onChange} />
      ))}
    </Stack>
  );
}

function PointList({ driver, side, onChange }: PointFieldsProps & { readonly side: Side }): ReactElement {
  const { t } = useTranslation(["boards", "io"]);
  const name = (point: number) => t(side === "inputs" ? "contact" : "relay", { ns: "io", point });
  return (
    <Stack gap={6} role="group" aria-label={t(`points.${side}`)}>
      <Text fw={500}>{t(`points.${side}`)}</Text>
      {pointsOf(driver, side).map((point) => (
        <Group key={point} gap={6} align="center">
          <Text size="sm" w={90}>
            {name(point)}
          </Text>
          {fieldsOf(driver, side, point).map((field) => (
            <Field
              key={field.key}
              field={field}
              of={name(point)}
              onChange={(value) => onChange(changePoint(driver, side, point, { key: field.key, value }))}
            />
          ))}
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("points.remove", { what: name(point) })}
            onClick={() => onChange(removePoint(driver, side, point))}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange(addPoint(driver, side))}
        >
          {t(`points.add.${side}`)}
        </Button>
      </Group>
    </Stack>
  );
}

const areas = ["discrete-input", "coil", "holding-bit", "input-bit"] as const;

interface FieldProps {
  readonly field: PointField;
  readonly of: string;
  readonly onChange: (value: string | number) => void;
}

function Field({ field, of, onChange }: FieldProps): ReactElement {
  const { t } = useTranslation("boards");
  const { key, value } = field;
  const what = t("points.of", { field: t(`points.field.${key}`), what: of });
  if (field.kind === "text") {
    return (
      <TextInput
        size="xs"
        flex={1}
        miw={160}
        aria-label={what}
        placeholder={t(`points.field.${key}`)}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  if (field.kind === "number") {
    return (
      <NumberInput
        size="xs"
        w={100}
        aria-label={what}
        min={0}
        max={field.max ?? 65_535}
        value={value}
        onChange={(next) => onChange(typeof next === "number" ? next : Number.NaN)}
      />
    );
  }
  const data =
    field.kind === "area"
      ? areas.map((area) => ({ value: area, label: t(`choice.inputArea.${area}`) }))
      : [
          { value: "1", label: t(`points.bit.${key === "onWhen" ? "on" : "closed"}`, { bit: 1 }) },
          { value: "0", label: t(`points.bit.${key === "onWhen" ? "on" : "closed"}`, { bit: 0 }) },
        ];
  return (
    <Select
      size="xs"
      w={field.kind === "area" ? 210 : 130}
      aria-label={what}
      data={data}
      value={String(value)}
      allowDeselect={false}
      onChange={(next) => next !== null && onChange(field.kind === "bit" ? Number(next) : next)}
    />
  );
}
