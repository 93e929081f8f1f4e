import { ActionIcon, Button, Group, NumberInput, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { loopWirings } from "../../../../src/domain/supervised-loop.ts";
import { loopOf, withLoop } from "../model/loops.ts";
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
import { LoopFields } from "./loop-fields.tsx";

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
        <Stack key={point} gap={4}>
          <Group gap={6} align="center">
            <Text size="sm" w={90}>
              {name(point)}
            </Text>
            {fieldsOf(driver, side, point).map((field) => (
              <Field
                key={field.key}
                field={field}
                plain={driver.kind === "mqtt" ? "payload" : "bit"}
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
          {side === "inputs" && <Loop driver={driver} point={point} of={name(point)} onChange={onChange} />}
        </Stack>
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

function Loop({
  driver,
  point,
  of,
  onChange,
}: PointFieldsProps & { readonly point: number; readonly of: string }): ReactElement | null {
  const loop = loopOf(driver, point);
  if (loop === undefined) return null;
  return (
    <LoopFields
      loop={loop}
      of={of}
      supplied={driver.kind !== "mqtt"}
      onChange={(next) => onChange(withLoop(driver, point, next))}
    />
  );
}

const areas = ["discrete-input", "coil", "holding-bit", "input-bit"] as const;

const widths = { area: 210, reads: 190, bit: 130 } as const;

interface FieldProps {
  /** What a contact without a loop reads. */
  readonly plain: "bit" | "payload";
  readonly field: PointField;
  readonly of: string;
  readonly onChange: (value: string | number) => void;
}

function Field({ field, plain, of, onChange }: FieldProps): ReactElement {
  const { t } = useTranslation("boards");
  const { key, value } = field;
  const what = t("points.of", { field: t(`points.field.${key}`), what: of });
  if (field.kind === "text") {
    return (
      <TextInput
        size="xs"
        flex={1}
        miw={key === "title" || key === "id" ? 120 : 160}
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
  const bit = key === "onWhen" ? "on" : "closed";
  const data =
    field.kind === "area"
      ? areas.map((area) => ({ value: area, label: t(`choice.inputArea.${area}`) }))
      : field.kind === "reads"
        ? [plain, ...(plain === "payload" ? (["message"] as const) : []), ...loopWirings].map((reads) => ({
            value: reads,
            label: t(`points.reads.${reads}`),
          }))
        : (["1", "0"] as const).map((one) => ({ value: one, label: t(`points.bit.${bit}`, { bit: one }) }));
  return (
    <Select
      size="xs"
      w={widths[field.kind]}
      aria-label={what}
      data={data}
      value={String(value)}
      allowDeselect={false}
      onChange={(next) => next !== null && onChange(field.kind === "bit" ? Number(next) : next)}
    />
  );
}
