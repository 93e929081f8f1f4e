import { Group, Loader, Stack, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../shared/api-client.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";

interface LinkLoginProps {
  readonly token: string;
  readonly onDone: () => Promise<void>;
}

/** A display has nobody to press a button: the link opens its session by itself, once. */
export function LinkLogin({ token, onDone }: LinkLoginProps): ReactElement {
  const { t } = useTranslation("login");
  const tried = useRef(false);
  const { mutate, error } = useMutation({
    mutationFn: () => api.post("login/link", { token }),
    onSuccess: onDone,
  });
  useEffect(() => {
    if (!tried.current) mutate();
    tried.current = true;
  }, [mutate]);
  return (
    <Stack gap="sm">
      <Title order={1}>{t(error === null ? "link.title" : "link.failed")}</Title>
      {error === null ? (
        <Group gap="sm">
          <Loader size="sm" />
          <Text>{t("link.opening")}</Text>
        </Group>
      ) : (
        <>
          <ErrorNote error={error} />
          <Text size="sm">{t("link.again")}</Text>
        </>
      )}
    </Stack>
  );
}
