import { Paper, SimpleGrid, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { BoardStatus } from "../../../../src/messages/api.ts";
import { useFormat } from "../../../shared/site-data.ts";
import { useNow } from "../../../shared/use-now.ts";

interface FigureProps {
  readonly label: string;
  readonly value: string;
  readonly more?: string;
}

function Figure({ label, value, more }: FigureProps): ReactElement {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text fw={500}>{value}</Text>
      {more !== undefined && (
        <Text size="xs" c="dimmed">
          {more}
        </Text>
      )}
    </div>
  );
}

/** Connected since, last answer, error rate, and how often it is really looked at. */
export function BoardHealth({ status }: { readonly status: BoardStatus }): ReactElement {
  const { t } = useTranslation("boards");
  const format = useFormat();
  const now = useNow();
  const { health, state, since } = status;
  const age = health.lastHeardAt === undefined ? undefined : Math.max(0, now - health.lastHeardAt);
  // told every two seconds: younger than that says only "just now"
  const ageText = age === undefined ? "–" : age < 3000 ? t("health.now") : format.ago(now - age, now);
  const polls = health.pollMedianMs > 0;
  return (
    <Paper withBorder p="md">
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="md">
        <Figure
          label={state === "online" ? t("health.connected") : t("health.notConnected")}
          value={format.time(since)}
          more={format.day(since)}
        />
        <Figure
          label={t("health.lastAnswer")}
          value={ageText}
          {...(health.lastHeardAt === undefined ? {} : { more: format.time(health.lastHeardAt) })}
        />
        <Figure
          label={t("health.errors")}
          value={`${format.number(health.errorRate * 100, 1)} %`}
          more={t("health.of", { count: health.exchanges })}
        />
        <Figure
          label={t("health.poll")}
          value={polls ? t("health.median", { ms: format.number(health.pollMedianMs) }) : t("health.byItself")}
          {...(polls ? { more: t("health.p99", { ms: format.number(health.pollP99Ms) }) } : {})}
        />
      </SimpleGrid>
    </Paper>
  );
}
