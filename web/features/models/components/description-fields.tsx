import { Textarea, TextInput } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Fields } from "../model/description.ts";

interface DescriptionFieldsProps {
  readonly value: Fields;
  readonly onChange: (value: Fields) => void;
}

/** What people say of a model: its name, its licence, and what its classes are. */
export function DescriptionFields({ value, onChange }: DescriptionFieldsProps): ReactElement {
  const { t } = useTranslation("models");
  const line = (field: "name" | "licence" | "source") => (
    <TextInput
      label={t(`fields.${field}`)}
      description={t(`fields.${field}Says`)}
      maxLength={field === "name" ? 100 : 500}
      value={value[field]}
      onChange={(event) => onChange({ ...value, [field]: event.currentTarget.value })}
    />
  );
  return (
    <>
      {line("name")}
      {line("licence")}
      {line("source")}
      <Textarea
        label={t("fields.labels")}
        description={t("fields.labelsSays")}
        autosize
        minRows={2}
        maxRows={8}
        value={value.labels}
        onChange={(event) => onChange({ ...value, labels: event.currentTarget.value })}
      />
    </>
  );
}
