import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useEffect, useRef, type ReactElement, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";

interface StepFrameProps {
  readonly title: string;
  readonly says: string;
  readonly children: ReactNode;
  /** What the button that goes on says. */
  readonly next: string;
  readonly onNext: () => void;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly error?: Error | null;
  /** A form of its own is among the children; then only the button goes on. */
  readonly plain?: boolean;
  /** Absent: this step can't be skipped. */
  readonly onSkip?: () => void;
}

/** One step: its name, what it is for, its fields, and how it goes on. Enter goes on, too. */
export function StepFrame(props: StepFrameProps): ReactElement {
  const { title, says, children, next, onNext, busy = false, disabled = false, error, onSkip, plain = false } = props;
  const { t } = useTranslation("first-start");
  const heading = useRef<HTMLHeadingElement>(null);
  // who goes on by keyboard or listens hears where they are now
  useEffect(() => {
    heading.current?.focus();
    document.title = `${title} · Reed`;
  }, [title]);
  const frame = (
    <Stack gap="md">
      <Stack gap={4}>
        <Title order={1} ref={heading} tabIndex={-1} style={{ outline: "none" }}>
          {title}
        </Title>
        <Text c="dimmed">{says}</Text>
      </Stack>
      {children}
      {error !== null && error !== undefined && <ErrorNote error={error} />}
      <Group justify="space-between" mt="xs">
        {onSkip === undefined ? (
          <span />
        ) : (
          <Button variant="subtle" onClick={onSkip} disabled={busy}>
            {t("skip")}
          </Button>
        )}
        <Button
          type={plain ? "button" : "submit"}
          onClick={plain ? onNext : undefined}
          loading={busy}
          disabled={disabled}
        >
          {next}
        </Button>
      </Group>
    </Stack>
  );
  if (plain) return frame;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onNext();
      }}
    >
      {frame}
    </form>
  );
}
