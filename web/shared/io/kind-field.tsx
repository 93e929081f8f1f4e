import { Select, type SelectProps } from "@mantine/core";
import type { ReactElement } from "react";

interface KindFieldProps<Kind extends string> extends Omit<SelectProps, "data" | "value" | "onChange"> {
  readonly kinds: readonly { readonly value: Kind; readonly label: string }[];
  readonly kind: Kind;
  readonly onKind: (kind: Kind) => void;
}

/** What an input or output is: one of its kinds. */
export function KindField<Kind extends string>({ kinds, kind, onKind, ...more }: KindFieldProps<Kind>): ReactElement {
  return (
    <Select
      maxDropdownHeight={320}
      {...more}
      data={[...kinds]}
      value={kind}
      allowDeselect={false}
      onChange={(value) => {
        const chosen = kinds.find((one) => one.value === value);
        if (chosen !== undefined) onKind(chosen.value);
      }}
    />
  );
}
