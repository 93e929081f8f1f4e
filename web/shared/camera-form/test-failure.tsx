import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../said.ts";
import { TimeText } from "../ui/time-text.tsx";
import type { CameraTest } from "../types.ts";

interface TestFailureProps {
  readonly failure: NonNullable<CameraTest["failure"]>;
  /** One try although the login was refused twice. */
  readonly onAnyway: () => void;
  /** Other paths of the make, where there are any. */
  readonly onOtherPath?: (() => void) | undefined;
}

/** The exact reason, what to do next, and the button that does it where one can. */
export function TestFailure({ failure, onAnyway, onOtherPath }: TestFailureProps): ReactElement {
  const { t, i18n } = useTranslation("camera-form");
  const { kind, reason, until } = failure;
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t(`failure.${kind}.title`)} role="alert">
      <Stack gap="xs">
        <Text size="sm">{t(`failure.${kind}.next`)}</Text>
        {i18n.language === "en" && (
          <Text size="xs" c="dimmed">
            {said(reason)}
          </Text>
        )}
        {until !== undefined && (
          <Text size="sm">
            {t("failure.until")} <TimeText at={until} withDay={false} />
          </Text>
        )}
        <Group gap="xs">
          {kind === "barred" && (
            <Button size="xs" variant="default" onClick={onAnyway}>
              {t("failure.anyway")}
            </Button>
          )}
          {kind === "no-such-stream" && onOtherPath !== undefined && (
            <Button size="xs" variant="default" onClick={onOtherPath}>
              {t("failure.otherPath")}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}
