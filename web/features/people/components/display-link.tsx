import { Button, Group, Stack, Text } from "@mantine/core";
import { IconLink } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/site-data.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { useMakeLink, type User } from "../api/people.ts";
import { ShownOnce } from "./shown-once.tsx";

/** How a display gets in: an address that is opened on it once, and then it stays in. */
export function DisplayLink({ user }: { readonly user: User }): ReactElement {
  const { t } = useTranslation("people");
  const format = useFormat();
  const make = useMakeLink();
  const link = make.data;
  return (
    <Stack gap="sm">
      {make.error !== null && <ErrorNote error={make.error} />}
      {link === undefined ? (
        <Group justify="space-between">
          <Text size="sm" c="dimmed" flex="1 1 14rem">
            {t("link.says")}
          </Text>
          <Button
            leftSection={<IconLink size={16} aria-hidden />}
            loading={make.isPending}
            onClick={() => make.mutate(user.name)}
          >
            {t("link.make")}
          </Button>
        </Group>
      ) : (
        <ShownOnce
          label={t("link.label")}
          text={`${location.origin}/login?link=${encodeURIComponent(link.token)}`}
          says={t("link.until", { time: format.dateTime(link.expiresAt) })}
        />
      )}
    </Stack>
  );
}
