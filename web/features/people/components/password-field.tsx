import { Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { SecretField } from "../../../shared/ui/secret-field.tsx";
import { leastPasswordLength, mostPasswordLength, passwordRules } from "../../../../src/domain/password-rules.ts";

interface PasswordFieldProps {
  readonly label: string;
  /** Of whom it will be: it may not be the name. */
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A new password, with what is missing still said beside it. */
export function PasswordField({ label, name, value, onChange }: PasswordFieldProps): ReactElement {
  const { t } = useTranslation("people");
  const rules = passwordRules(name, value);
  const missing = !rules.longEnough
    ? t("password.length", { least: leastPasswordLength, have: value.length })
    : rules.notTheName
      ? t("password.good")
      : t("password.notTheName");
  return (
    <SecretField
      label={label}
      description={
        <Text span size="xs" role="status">
          {missing}
        </Text>
      }
      inputWrapperOrder={["label", "input", "description"]}
      autoComplete="new-password"
      maxLength={mostPasswordLength}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
