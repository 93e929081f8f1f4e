import { ActionIcon, Button, Group, Stack, Text } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { loopOf, withLoop } from "../model/loops.ts";
import {
  addPoint,
  changePoint,
  copyPoint,
  fieldsOf,
  pointsOf,
  removePoint,
  type Listed,
  type Side,
} from "../model/points.ts";
import { CopyPoint } from "./copy-point.tsx";
import { Field } from "./point-field.tsx";
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
  const points = pointsOf(driver, side);
  const name = (point: number) => t(side === "inputs" ? "contact" : "relay", { ns: "io", point });
  return (
    <Stack gap={6} role="group" aria-label={t(`points.${side}`)}>
      <Text fw={500}>{t(`points.${side}`)}</Text>
      {points.map((point) => (
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
            <CopyPoint
              of={name(point)}
              others={points.filter((other) => other !== point).map((other) => ({ point: other, name: name(other) }))}
              onCopy={(to) => onChange(copyPoint(driver, side, point, to))}
            />
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
