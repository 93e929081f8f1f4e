import { Alert, Loader, Paper, Stack } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Navigate, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../shared/api-client.ts";
import { LookMenu } from "../../shared/ui/look-menu.tsx";
import { LinkLogin } from "./components/link-login.tsx";
import { PasswordLogin } from "./components/password-login.tsx";

/** Only addresses of these pages: a link must not lead a login elsewhere. */
const inside = (next: string | undefined): string => (next !== undefined && /^\/(?![/\\])/.test(next) ? next : "/");

/** Name and password, or a display's one-time link. Where nobody can log in yet, the first start begins instead. */
export default function Page(): ReactElement {
  const { t } = useTranslation("login");
  const { next, link, ended } = useSearch({ from: "/login" });
  const navigate = useNavigate();
  const queries = useQueryClient();
  const setup = useQuery({ queryKey: ["setup"], queryFn: () => api.get<{ administrator: boolean }>("setup") });
  useEffect(() => {
    document.title = `${t("title")} · Reed`;
  }, [t]);
  const goOn = async () => {
    queries.clear();
    await navigate({ to: inside(next), replace: true });
  };
  if (setup.data?.administrator === false) return <Navigate to="/setup" replace />;
  return (
    <Stack component="main" mih="100vh" align="center" justify="center" p="md" gap="md">
      <Paper withBorder p={{ base: "lg", xs: "xl" }} w="100%" maw={400}>
        {ended === true && (
          <Alert mb="md" role="status">
            {t("ended")}
          </Alert>
        )}
        {setup.isPending ? (
          <Loader mx="auto" display="block" role="img" aria-label={t("title")} />
        ) : link === undefined ? (
          <PasswordLogin onDone={goOn} />
        ) : (
          <LinkLogin token={link} onDone={goOn} />
        )}
      </Paper>
      <LookMenu />
    </Stack>
  );
}
