import { Group, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Level } from "../../../src/domain/level.ts";

/** A switch as it is drawn in a circuit: closed, open, or (dashed) not known. */
export function ContactGlyph({ level, size = 34 }: { readonly level: Level; readonly size?: number }): ReactElement {
  const known = level === "closed" || level === "open";
  return (
    <svg width={size} height={size * 0.5} viewBox="0 0 34 17" aria-hidden style={{ flex: "none" }}>
      <g stroke="currentColor" strokeWidth={2} fill="none" strokeLinecap="round">
        <path d="M1 10h8M25 10h8" />
        <path d={level === "closed" ? "M9 10h16" : "M9 10L23 2"} strokeDasharray={known ? undefined : "2 4"} />
      </g>
      <circle cx={9} cy={10} r={2.4} fill="currentColor" />
      <circle cx={25} cy={10} r={2.4} fill="currentColor" />
    </svg>
  );
}

const colorOf: Record<Level, string | undefined> = {
  closed: undefined,
  open: undefined,
  unknown: "dimmed",
  fault: "red",
};

/** A contact's level as drawing and word. */
export function LevelBadge({ level }: { readonly level: Level }): ReactElement {
  const { t } = useTranslation("io");
  return (
    <Group gap={6} wrap="nowrap" component="span" display="inline-flex" c={colorOf[level]} data-level={level}>
      <ContactGlyph level={level} />
      <Text span size="sm" fw={500}>
        {t(`level.${level}`)}
      </Text>
    </Group>
  );
}
