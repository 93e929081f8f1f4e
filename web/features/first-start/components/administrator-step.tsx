import { Alert, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { leastPasswordLength, passwordRules } from "../../../../src/domain/password-rules.ts";
import { createAdministrator } from "../api/first-start.ts";
import { SecretField } from "../../../shared/ui/secret-field.tsx";
import { RuleLine } from "./rule-line.tsx";
import { StepFrame } from "./step-frame.tsx";

interface AdministratorStepProps {
  readonly token: string | undefined;
  /** The address has no token, and this is not the machine itself. */
  readonly tokenMissing: boolean;
  readonly onDone: () => void;
}

/** The first administrator, with the rules of a password shown and looked at while it is typed. */
export function AdministratorStep({ token, tokenMissing, onDone }: AdministratorStepProps): ReactElement {
  const { t } = useTranslation("first-start");
  const form = useForm({ initialValues: { name: "", password: "" } });
  const { name, password } = form.values;
  const rules = passwordRules(name, password);
  const create = useMutation({
    mutationFn: () => createAdministrator({ name: name.trim(), password, ...(token === undefined ? {} : { token }) }),
    onSuccess: onDone,
  });
  const good = name.trim() !== "" && rules.longEnough && rules.notTheName;
  return (
    <StepFrame
      title={t("administrator.title")}
      says={t("administrator.says")}
      next={t("administrator.create")}
      onNext={() => good && create.mutate()}
      busy={create.isPending}
      disabled={!good}
      error={create.error}
    >
      {tokenMissing && <Alert color="orange">{t("administrator.tokenMissing")}</Alert>}
      <TextInput
        label={t("administrator.name")}
        autoComplete="username"
        autoCapitalize="none"
        maxLength={64}
        required
        withAsterisk={false}
        {...form.getInputProps("name")}
      />
      <Stack gap={6}>
        <SecretField
          label={t("administrator.password")}
          autoComplete="new-password"
          maxLength={256}
          required
          withAsterisk={false}
          aria-describedby="password-rules"
          {...form.getInputProps("password")}
        />
        <Stack gap={2} component="ul" id="password-rules" m={0} p={0}>
          <RuleLine
            kept={rules.longEnough}
            text={t("rules.length", { least: leastPasswordLength, have: password.length })}
          />
          <RuleLine kept={rules.notTheName} text={t("rules.notTheName")} />
        </Stack>
      </Stack>
    </StepFrame>
  );
}
