import { NumberInput, type NumberInputProps } from "@mantine/core";
import type { ReactElement } from "react";

interface RangeFieldProps extends Omit<NumberInputProps, "min" | "max" | "value" | "onChange"> {
  /** Inclusive. */
  readonly range: readonly [number, number];
  readonly value: number;
  /** `NaN` while the field is empty or holds no number. */
  readonly onChange: (value: number) => void;
}

/** A number of a setting that is always there, within its range. */
export function RangeField({ range: [min, max], value, onChange, ...rest }: RangeFieldProps): ReactElement {
  return (
    <NumberInput
      {...rest}
      min={min}
      max={max}
      value={value}
      onChange={(given) => onChange(typeof given === "number" ? given : Number.NaN)}
    />
  );
}
