import { Button, Stack, Text, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../shared/api-client.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { SecretField } from "../../../shared/ui/secret-field.tsx";

export function PasswordLogin({ onDone }: { readonly onDone: () => Promise<void> }): ReactElement {
  const { t } = useTranslation("login");
  const form = useForm({ initialValues: { name: "", password: "" } });
  const first = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const login = useMutation({
    mutationFn: (body: { name: string; password: string }) => api.post("login", body),
    onSuccess: onDone,
    // mistyped is typed again: the name stays, the password is marked to be replaced
    onError: () => password.current?.select(),
  });
  return (
    <form onSubmit={form.onSubmit((body) => login.mutate({ ...body, name: body.name.trim() }))}>
      <Stack gap="sm">
        <Title order={1}>{t("title")}</Title>
        <TextInput
          ref={first}
          label={t("name")}
          autoComplete="username"
          autoCapitalize="none"
          required
          withAsterisk={false}
          {...form.getInputProps("name")}
        />
        <SecretField
          ref={password}
          label={t("password")}
          autoComplete="current-password"
          required
          withAsterisk={false}
          {...form.getInputProps("password")}
        />
        {login.error !== null && <ErrorNote error={login.error} />}
        <Button type="submit" loading={login.isPending}>
          {t("submit")}
        </Button>
        {login.error !== null && (
          <Text size="sm" c="dimmed">
            {t("reset")}
          </Text>
        )}
      </Stack>
    </form>
  );
}
