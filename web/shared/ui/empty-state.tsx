import { Paper, Stack, Text, Title } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import type { ReactElement, ReactNode } from "react";

interface EmptyStateProps {
  readonly icon: Icon;
  readonly title: string;
  /** What this place is for. */
  readonly says: string;
  /** The button that fills it. */
  readonly children?: ReactNode;
}

/** Every empty page says what it is for and has the button that fills it. */
export function EmptyState({ icon: Icon, title, says, children }: EmptyStateProps): ReactElement {
  return (
    <Paper withBorder p="xl">
      <Stack align="center" gap="xs" ta="center" maw={460} mx="auto" py="lg">
        <Icon size={40} stroke={1.3} aria-hidden />
        <Title order={2}>{title}</Title>
        <Text c="dimmed">{says}</Text>
        {children}
      </Stack>
    </Paper>
  );
}
