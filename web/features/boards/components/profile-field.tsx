import { NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { ProfileField } from "../../../../src/domain/board-profiles/profile.ts";
import { SecretField } from "../../../shared/ui/secret-field.tsx";

interface ProfileFieldInputProps {
  readonly field: ProfileField;
  readonly value: string | number;
  readonly onChange: (value: string | number) => void;
}

/** One field of a profile with its label and help. */
export function ProfileFieldInput({ field, value, onChange }: ProfileFieldInputProps): ReactElement {
  const { t } = useTranslation("boards");
  const label = t(`field.${field.key}.label`);
  const description = t(`field.${field.key}.help`);
  const words = { label, description };
  switch (field.kind) {
    case "text":
      return (
        <TextInput
          {...words}
          value={value}
          required={field.required === true}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "secret":
      return (
        <SecretField
          {...words}
          value={value}
          autoComplete="off"
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "number":
      return <NumberInput {...words} value={value} min={field.min} max={field.max} onChange={onChange} />;
    case "names":
      return (
        <Textarea
          {...words}
          value={value}
          autosize
          minRows={2}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "choice":
      return (
        <Select
          {...words}
          value={String(value)}
          allowDeselect={false}
          data={field.options.map((option) => ({
            value: option.value,
            // which values a field offers is the profile's business; the message files have each (`choices.test.ts`)
            label: option.label ?? t(`choice.${field.key}.${option.value}` as "choice.contacts.dry"),
          }))}
          onChange={(chosen) => {
            if (chosen !== null) onChange(chosen);
          }}
        />
      );
  }
}
