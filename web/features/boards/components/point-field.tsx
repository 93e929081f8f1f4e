import { NumberInput, Select, TextInput } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { loopWirings } from "../../../../src/domain/supervised-loop.ts";
import type { PointField } from "../model/points.ts";

const areas = ["discrete-input", "coil", "holding-bit", "input-bit"] as const;

const widths = { area: 210, reads: 190, bit: 130 } as const;

interface FieldProps {
  /** What a contact without a loop reads. */
  readonly plain: "bit" | "payload";
  readonly field: PointField;
  readonly of: string;
  readonly onChange: (value: string | number) => void;
}

/** One place of a point, by what it holds. */
export function Field({ field, plain, of, onChange }: FieldProps): ReactElement {
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
