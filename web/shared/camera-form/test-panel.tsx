import { AspectRatio, Image, Paper, Skeleton, Stack, Text } from "@mantine/core";
import { IconVideo } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "../ui/error-note.tsx";
import { TestFailure } from "./test-failure.tsx";
import { TestFindings } from "./test-findings.tsx";
import { TestSteps } from "./test-steps.tsx";
import type { CameraTesting } from "./use-camera-test.ts";

interface TestPanelProps {
  readonly testing: CameraTesting;
  readonly onAnyway: () => void;
  readonly onOtherPath?: (() => void) | undefined;
}

/** Failures before the first step. */
const nobodyCalled: ReadonlySet<string> = new Set(["bad-address", "barred", "recorder-away"]);

/** One test as it goes: its steps, the picture as soon as it is there, what was found or why not. */
export function TestPanel({ testing, onAnyway, onOtherPath }: TestPanelProps): ReactElement {
  const { t } = useTranslation("camera-form");
  const { test, error, running, pictureUrl } = testing;
  const failed = test?.failure !== undefined;
  const called = test !== undefined && !nobodyCalled.has(test.failure?.kind ?? "");
  return (
    <Paper withBorder p="md" component="section" style={{ alignSelf: "start" }} aria-label={t("test.title")}>
      <Stack gap="md" aria-live="polite" aria-busy={running}>
        {error !== undefined && <ErrorNote error={error} />}
        {test?.failure !== undefined && (
          <TestFailure failure={test.failure} onAnyway={onAnyway} onOtherPath={onOtherPath} />
        )}
        {!failed && error === undefined && (
          <AspectRatio ratio={16 / 9}>
            {pictureUrl !== undefined ? (
              <Image src={pictureUrl} alt={t("test.picture")} radius="sm" fit="contain" bg="black" />
            ) : running ? (
              <Skeleton />
            ) : (
              <NoPicture text={test?.pictureReason ?? t("test.before")} />
            )}
          </AspectRatio>
        )}
        {called && test.state !== "done" && <TestSteps steps={test.steps} />}
        {test?.report !== undefined && <TestFindings report={test.report} />}
      </Stack>
    </Paper>
  );
}

function NoPicture({ text }: { readonly text: string }): ReactElement {
  return (
    <Stack
      align="center"
      justify="center"
      gap="xs"
      bg="light-dark(var(--mantine-color-gray-1), var(--mantine-color-dark-6))"
      p="md"
      style={{ borderRadius: "var(--mantine-radius-sm)" }}
    >
      <IconVideo size={32} stroke={1.3} aria-hidden />
      <Text size="sm" c="dimmed" ta="center" maw={320}>
        {text}
      </Text>
    </Stack>
  );
}
