import { Button, Group, Select, TextInput } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface NamePointProps<Kind extends string> {
  /** What is named, for screen readers: "contact 3". */
  readonly what: string;
  readonly kinds: readonly { readonly value: Kind; readonly label: string }[];
  readonly kind: Kind;
  readonly pending: boolean;
  readonly onName: (name: string, kind: Kind) => void;
}

/** Name and kind of a contact or relay, where it stands: that makes it an input or output of the site. */
export function NamePoint<Kind extends string>(props: NamePointProps<Kind>): ReactElement {
  const { what, kinds, pending, onName } = props;
  const { t } = useTranslation("io");
  const [name, setName] = useState("");
  const [kind, setKind] = useState(props.kind);
  const fits = name.trim() !== "";
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (fits) onName(name.trim(), kind);
      }}
    >
      <Group gap={6} wrap="nowrap">
        <TextInput
          size="xs"
          miw={110}
          flex={1}
          placeholder={t("name.placeholder")}
          aria-label={t("name.of", { what })}
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          size="xs"
          w={120}
          aria-label={t("name.kind", { what })}
          data={[...kinds]}
          value={kind}
          allowDeselect={false}
          onChange={(value) => {
            const chosen = kinds.find((one) => one.value === value);
            if (chosen !== undefined) setKind(chosen.value);
          }}
        />
        <Button size="xs" type="submit" variant="light" disabled={!fits} loading={pending}>
          {t("name.save")}
        </Button>
      </Group>
    </form>
  );
}
