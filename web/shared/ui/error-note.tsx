import { Alert, Button, Group, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { saidOf } from "../said.ts";

interface ErrorNoteProps {
  readonly error: Error;
  readonly onRetry?: (() => void) | undefined;
}

/** What went wrong, in the server's sentence where it is known in this language; it says what to do next. */
export function ErrorNote({ error, onRetry }: ErrorNoteProps): ReactElement {
  const { t } = useTranslation("common");
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} role="alert">
      <Group justify="space-between" gap="sm">
        <Text size="sm">{saidOf(error)}</Text>
        {onRetry !== undefined && (
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            {t("retry")}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
