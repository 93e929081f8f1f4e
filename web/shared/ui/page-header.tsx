import { Group, Stack, Text, Title } from "@mantine/core";
import { useEffect, type ReactElement, type ReactNode } from "react";

interface PageHeaderProps {
  readonly title: string;
  /** One sentence: what this page is for, or what is true now. */
  readonly says?: ReactNode;
  readonly children?: ReactNode;
}

/** The page's name (also in the browser's tab) and what can be done on the whole of it. */
export function PageHeader({ title, says, children }: PageHeaderProps): ReactElement {
  useEffect(() => {
    document.title = `${title} · Reed`;
  }, [title]);
  return (
    <Group justify="space-between" align="flex-start" mb="md" gap="sm">
      <Stack gap={2} miw={0} flex="1 1 16rem">
        <Title order={1}>{title}</Title>
        {says !== undefined && (
          <Text c="dimmed" size="sm" component="div">
            {says}
          </Text>
        )}
      </Stack>
      {children !== undefined && <Group gap="xs">{children}</Group>}
    </Group>
  );
}
