import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** A field for a secret; its eye has a name and is reached by Tab. */
export function SecretField(props: PasswordInputProps): ReactElement {
  const { t } = useTranslation("common");
  return <PasswordInput {...props} visibilityToggleButtonProps={{ "aria-label": t("showSecret"), tabIndex: 0 }} />;
}
