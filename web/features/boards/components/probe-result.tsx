import { Alert, Group, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { BoardProbe } from "../../../../src/messages/api.ts";
import { LevelBadge } from "../../../shared/io/level-badge.tsx";
import { said } from "../../../shared/said.ts";
import { useFormat } from "../../../shared/site-data.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";

interface ProbeResultProps {
  readonly probe: BoardProbe | undefined;
  readonly error: Error | null;
}

/** What the test of a connection found: the contacts as they are, or the reason why not. */
export function ProbeResult({ probe, error }: ProbeResultProps): ReactElement | null {
  const { t } = useTranslation("boards");
  const format = useFormat();
  if (error !== null) return <ErrorNote error={error} />;
  if (probe === undefined) return null;
  return (
    <Alert
      mt="md"
      color={probe.ok ? "teal" : "red"}
      role="status"
      title={probe.ok ? t("test.there", { time: format.duration(probe.tookMs) }) : t("test.notThere")}
    >
      {!probe.ok && <Text size="sm">{said(probe.what)}</Text>}
      {probe.ok && probe.points.length === 0 && <Text size="sm">{t("test.noContacts")}</Text>}
      <Group gap="md">
        {probe.points.map(({ point, level }) => (
          <Group key={point} gap={4} wrap="nowrap">
            <Text size="sm">{point}</Text>
            <LevelBadge level={level} />
          </Group>
        ))}
      </Group>
      {probe.points.some(({ level }) => level === "unknown") && (
        <Text size="sm" mt="xs">
          {t("test.silent")}
        </Text>
      )}
    </Alert>
  );
}
