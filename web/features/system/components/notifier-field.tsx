import { MultiSelect, NumberInput, Select, Switch, TagsInput, TextInput } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { usePushPeople } from "../../../shared/push/push-api.ts";
import { useOutputs } from "../../../shared/site-data.ts";
import type { Field, FieldValue, NotifierKind } from "../model/notifier-fields.ts";
import { SecretField } from "../../../shared/ui/secret-field.tsx";

interface NotifierFieldProps {
  readonly kind: NotifierKind;
  readonly field: Field;
  readonly value: FieldValue;
  readonly onChange: (value: FieldValue) => void;
}

/** One setting of a notifier, as its kind calls it. */
export function NotifierField({ kind, field, value, onChange }: NotifierFieldProps): ReactElement {
  const { t } = useTranslation("system");
  const { name, type, required = false } = field;
  const common = {
    label: t(`notify.field.${kind}.${name}` as "notify.name"),
    description: field.says === true ? t(`notify.fieldSays.${kind}.${name}` as "notify.name") : undefined,
    required,
  };
  const text = typeof value === "string" ? value : "";
  switch (type) {
    case "secret":
      return (
        <SecretField
          {...common}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
          autoComplete="new-password"
        />
      );
    case "number":
      return (
        <NumberInput
          {...common}
          value={typeof value === "number" ? value : ""}
          onChange={(next) => onChange(typeof next === "number" ? next : "")}
          allowDecimal={false}
          hideControls
        />
      );
    case "switch":
      return (
        <Switch
          label={common.label}
          description={common.description}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case "list":
      return (
        <TagsInput
          {...common}
          value={Array.isArray(value) ? [...(value as readonly string[])] : []}
          onChange={(next) => onChange(next)}
          splitChars={[",", ";", " "]}
          acceptValueOnBlur
        />
      );
    case "choice":
      return (
        <Select
          {...common}
          data={(field.choices ?? []).map((one) => ({
            value: one,
            label: t(`notify.choice.${kind}.${one}` as "notify.name"),
          }))}
          value={text}
          onChange={(next) => next !== null && onChange(next)}
          allowDeselect={false}
        />
      );
    case "people":
      return <PeopleField common={common} value={value} onChange={onChange} />;
    case "outputs":
      return <OutputField common={common} value={value} onChange={onChange} />;
    case "text":
      return <TextInput {...common} value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
  }
}

interface ListFieldProps {
  readonly common: { readonly label: string; readonly description: string | undefined };
  readonly value: FieldValue;
  readonly onChange: (value: FieldValue) => void;
}

function OutputField({ common, value, onChange }: ListFieldProps): ReactElement {
  const outputs = useOutputs().data ?? [];
  return (
    <MultiSelect
      {...common}
      data={outputs.map(({ output, name }) => ({ value: String(output), label: name }))}
      value={Array.isArray(value) ? value.map(String) : []}
      onChange={(next) => onChange(next.map(Number))}
      clearable
    />
  );
}

/** Chosen by name, with how many browsers each has subscribed; who is gone meanwhile can still be taken off. */
function PeopleField({ common, value, onChange }: ListFieldProps): ReactElement {
  const { t } = useTranslation("system");
  const people = usePushPeople(true).data ?? [];
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const gone = chosen.filter((name) => !people.some((one) => one.name === name));
  const known = people.map(({ name, subscriptions }) => ({
    value: name,
    label: t("notify.personHas", { name, count: subscriptions }),
  }));
  return (
    <MultiSelect
      {...common}
      data={[...known, ...gone.map((name) => ({ value: name, label: name }))]}
      value={chosen}
      onChange={(next) => onChange(next)}
      placeholder={chosen.length === 0 ? t("notify.everybody") : ""}
      clearable
    />
  );
}
