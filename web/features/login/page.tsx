import { Button, Paper, PasswordInput, Stack, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../shared/api-client.ts";
import { ErrorNote } from "../../shared/ui/error-note.tsx";

/** Only addresses of these pages: a link must not lead a login elsewhere. */
const inside = (next: string | undefined): string => (next !== undefined && /^\/(?![/\\])/.test(next) ? next : "/");

export default function Page(): ReactElement {
  const { t } = useTranslation("login");
  const { next } = useSearch({ from: "/login" });
  const navigate = useNavigate();
  const queries = useQueryClient();
  const form = useForm({ initialValues: { name: "", password: "" } });
  const login = useMutation({
    mutationFn: (body: { name: string; password: string }) => api.post("login", body),
    onSuccess: async () => {
      queries.clear();
      await navigate({ to: inside(next) });
    },
  });
  return (
    <Stack component="main" mih="100vh" align="center" justify="center" p="md">
      <Paper withBorder p="xl" w="100%" maw={380}>
        <form onSubmit={form.onSubmit((body) => login.mutate(body))}>
          <Stack gap="sm">
            <Title order={1}>{t("title")}</Title>
            <TextInput
              label={t("name")}
              autoComplete="username"
              required
              withAsterisk={false}
              data-autofocus
              {...form.getInputProps("name")}
            />
            <PasswordInput
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
          </Stack>
        </form>
      </Paper>
    </Stack>
  );
}
