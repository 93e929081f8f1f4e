import { Group, Text } from "@mantine/core";
import type { ReactElement } from "react";

interface StateDotProps {
  readonly color: "green" | "orange" | "red" | "gray" | "blue";
  /** The state in words; a colour alone says nothing to many people. Only left out where words stand beside it. */
  readonly label?: string;
}

export function StateDot({ color, label }: StateDotProps): ReactElement {
  const dot = (
    <svg width={10} height={10} aria-hidden style={{ flex: "none" }}>
      <circle cx={5} cy={5} r={5} fill={`var(--mantine-color-${color}-${color === "gray" ? 5 : 6})`} />
    </svg>
  );
  if (label === undefined) return dot;
  return (
    <Group gap={6} wrap="nowrap" component="span" display="inline-flex">
      {dot}
      <Text span size="sm">
        {label}
      </Text>
    </Group>
  );
}
