import { Button, Group, Paper, SegmentedControl, Stack, Title } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { searchSpans, type SearchSpan } from "../model/found.ts";

interface SearchPanelProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A search under the timeline, which is put away again. */
export function SearchPanel({ title, onClose, children }: SearchPanelProps): ReactElement {
  const { t } = useTranslation("playback");
  return (
    <Paper withBorder p="sm" component="section" aria-label={title}>
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Title order={2} size="h3">
            {title}
          </Title>
          <Button
            size="compact-md"
            variant="subtle"
            color="gray"
            leftSection={<IconX size={16} aria-hidden />}
            onClick={onClose}
          >
            {t("search.close")}
          </Button>
        </Group>
        {children}
      </Stack>
    </Paper>
  );
}

interface SpanChoiceProps {
  readonly value: SearchSpan;
  readonly onChange: (span: SearchSpan) => void;
}

/** How far a search looks back. */
export function SpanChoice({ value, onChange }: SpanChoiceProps): ReactElement {
  const { t } = useTranslation("playback");
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("search.span")}
      value={value}
      onChange={(next) => onChange(searchSpans.find((one) => one === next) ?? "day")}
      data={searchSpans.map((one) => ({ value: one, label: t(`search.spans.${one}`) }))}
    />
  );
}
