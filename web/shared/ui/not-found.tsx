import { Anchor, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

export function NotFound(): ReactElement {
  const { t } = useTranslation("common");
  return (
    <Stack gap="xs" p="md">
      <Title order={1}>{t("notFound.title")}</Title>
      <Text>{t("notFound.says")}</Text>
      <Anchor component={Link} to="/">
        {t("notFound.home")}
      </Anchor>
    </Stack>
  );
}
