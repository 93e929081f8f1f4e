import { Checkbox, Stack, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { toggled } from "../model/walk-draft.ts";

interface TickListProps {
  readonly label: string;
  readonly says: string;
  readonly rows: readonly { readonly id: number; readonly name: string }[];
  readonly ticked: readonly number[];
  readonly onChange: (ticked: readonly number[]) => void;
}

/** Things that need an explicit tick; nothing where there are none. */
export function TickList({ label, says, rows, ticked, onChange }: TickListProps): ReactElement | null {
  if (rows.length === 0) return null;
  return (
    <Stack gap={6} role="group" aria-label={label}>
      <Text fw={500} size="sm">
        {label}
      </Text>
      <Text size="xs" c="dimmed">
        {says}
      </Text>
      {rows.map(({ id, name }) => (
        <Checkbox key={id} label={name} checked={ticked.includes(id)} onChange={() => onChange(toggled(ticked, id))} />
      ))}
    </Stack>
  );
}
