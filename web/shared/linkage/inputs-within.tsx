import { MultiSelect } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { linkageRanges } from "../../../src/domain/linkage-settings.ts";
import type { Input } from "../types.ts";
import { RangeField } from "../ui/range-field.tsx";

interface Within {
  readonly inputs: readonly number[];
  readonly withinS: number;
}

/** As it is before anybody has chosen an input. */
export const nobodyWithin: Within = { inputs: [], withinS: 30 };

interface InputsWithinProps<Value extends Within> {
  readonly label: string;
  readonly says: string;
  /** Said while no input is chosen. */
  readonly none: string;
  readonly inputs: readonly Input[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** Other inputs that are asked, and within how many seconds. */
export function InputsWithin<Value extends Within>(props: InputsWithinProps<Value>): ReactElement {
  const { label, says, none, inputs, value, onChange } = props;
  const { t } = useTranslation("linkage");
  return (
    <>
      <MultiSelect
        label={label}
        description={says}
        placeholder={value.inputs.length === 0 ? none : ""}
        data={inputs.map(({ input, name }) => ({ value: String(input), label: name }))}
        value={value.inputs.map(String)}
        onChange={(values) => onChange({ ...value, inputs: values.map(Number) })}
        clearable
      />
      {value.inputs.length > 0 && (
        <RangeField
          label={t("within")}
          suffix=" s"
          maw={180}
          range={linkageRanges.withinS}
          value={value.withinS}
          onChange={(withinS) => onChange({ ...value, withinS })}
        />
      )}
    </>
  );
}
