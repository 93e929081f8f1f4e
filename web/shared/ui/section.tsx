import { Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactElement, ReactNode } from "react";

interface SectionProps {
  readonly title: string;
  readonly says?: string;
  /** As high as its neighbours in a row. */
  readonly fill?: boolean;
  readonly children: ReactNode;
}

/** A part of a page. */
export function Section({ title, says, fill = false, children }: SectionProps): ReactElement {
  return (
    <Paper withBorder p="md" component="section" {...(fill ? { h: "100%" } : {})}>
      <Title order={2} fz="md" mb={says === undefined ? "sm" : 2}>
        {title}
      </Title>
      {says !== undefined && (
        <Text size="sm" c="dimmed" mb="sm">
          {says}
        </Text>
      )}
      <Stack gap="sm">{children}</Stack>
    </Paper>
  );
}
