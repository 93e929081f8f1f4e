import { Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../shared/api-client.ts";
import { ErrorNote } from "../../shared/ui/error-note.tsx";

/** The first administrator, with the token of the printed address. */
export default function Page(): ReactElement {
  const { t } = useTranslation("first-start");
  const { token } = useSearch({ from: "/setup" });
  const navigate = useNavigate();
  const queries = useQueryClient();
  const form = useForm({ initialValues: { name: "", password: "" } });
  const create = useMutation({
    mutationFn: (body: { name: string; password: string }) =>
      api.post("setup", { ...body, ...(token === undefined ? {} : { token }) }),
    onSuccess: async () => {
      queries.clear();
      await navigate({ to: "/" });
    },
  });
  return (
    <Stack component="main" mih="100vh" align="center" justify="center" p="md">
      <Paper withBorder p="xl" w="100%" maw={420}>
        <form onSubmit={form.onSubmit((body) => create.mutate(body))}>
          <Stack gap="sm">
            <Title order={1}>{t("administrator.title")}</Title>
            <Text size="sm">{t("administrator.rules")}</Text>
            <TextInput
              label={t("administrator.name")}
              autoComplete="username"
              required
              withAsterisk={false}
              {...form.getInputProps("name")}
            />
            <PasswordInput
              label={t("administrator.password")}
              autoComplete="new-password"
              minLength={10}
              required
              withAsterisk={false}
              {...form.getInputProps("password")}
            />
            {create.error !== null && <ErrorNote error={create.error} />}
            <Button type="submit" loading={create.isPending}>
              {t("administrator.create")}
            </Button>
          </Stack>
        </form>
      </Paper>
    </Stack>
  );
}
