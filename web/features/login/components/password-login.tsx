import { Button, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../shared/api-client.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { SecretField } from "../../../shared/ui/secret-field.tsx";

/** Two fields: the library for forms would be a fiftieth of the first load. */
export function PasswordLogin({ onDone }: { readonly onDone: () => Promise<void> }): ReactElement {
  const { t } = useTranslation("login");
  const [typed, setTyped] = useState({ name: "", password: "" });
  const set = (part: Partial<typeof typed>) => setTyped((before) => ({ ...before, ...part }));
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
    <form
      onSubmit={(event) => {
        event.preventDefault();
        login.mutate({ ...typed, name: typed.name.trim() });
      }}
    >
      <Stack gap="sm">
        <Title order={1}>{t("title")}</Title>
        <TextInput
          ref={first}
          label={t("name")}
          autoComplete="username"
          autoCapitalize="none"
          required
          withAsterisk={false}
          value={typed.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <SecretField
          ref={password}
          label={t("password")}
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={typed.password}
          onChange={(event) => set({ password: event.currentTarget.value })}
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
