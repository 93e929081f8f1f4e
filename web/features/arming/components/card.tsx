import { Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactElement, ReactNode } from "react";

interface CardProps {
  readonly title: string;
  readonly says?: string;
  readonly children: ReactNode;
}

/** A part of the page. */
export function Card({ title, says, children }: CardProps): ReactElement {
  return (
    <Paper withBorder p="md" component="section" h="100%">
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
