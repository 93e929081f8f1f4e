import { TextInput } from "@mantine/core";
import type { ReactElement, ReactNode } from "react";
import { KindField } from "./kind-field.tsx";

export interface Named<Kind extends string> {
  readonly name: string;
  readonly kind: Kind;
}

interface NameAndKindProps<Kind extends string> {
  readonly says: { readonly name: string; readonly kind: string };
  readonly kinds: readonly { readonly value: Kind; readonly label: string }[];
  readonly icon?: ReactNode;
  readonly value: Named<Kind>;
  readonly onChange: (value: Named<Kind>) => void;
}

/** The first two fields of whatever is added: what it is called and what it is. */
export function NameAndKind<Kind extends string>(props: NameAndKindProps<Kind>): ReactElement {
  const { says, kinds, icon, value, onChange } = props;
  return (
    <>
      <TextInput
        label={says.name}
        value={value.name}
        onChange={(e) => onChange({ ...value, name: e.target.value })}
        data-autofocus
      />
      <KindField
        label={says.kind}
        kinds={kinds}
        kind={value.kind}
        leftSection={icon}
        onKind={(kind) => onChange({ ...value, kind })}
      />
    </>
  );
}
