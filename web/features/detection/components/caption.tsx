import { Text } from "@mantine/core";
import type { ReactElement } from "react";

/** What a slider is called, and what it means. */
export const Caption = ({ label, says }: { readonly label: string; readonly says: string }): ReactElement => (
  <>
    <Text size="sm" fw={500}>
      {label}
    </Text>
    <Text size="xs" c="dimmed" mb={6}>
      {says}
    </Text>
  </>
);
