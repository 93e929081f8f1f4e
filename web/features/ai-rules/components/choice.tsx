import { Input, SegmentedControl } from "@mantine/core";
import type { ReactElement } from "react";

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly says: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
}

/** One of a few, all of them seen. */
export function Choice<T extends string>({ label, says, value, options, onChange }: ChoiceProps<T>): ReactElement {
  return (
    <Input.Wrapper label={label} description={says} labelElement="div">
      <SegmentedControl fullWidth mt={4} aria-label={label} value={value} data={[...options]} onChange={onChange} />
    </Input.Wrapper>
  );
}
