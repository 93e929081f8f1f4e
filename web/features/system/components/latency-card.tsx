import { Card, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/site-data.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { LoadingRows } from "../../../shared/ui/loading-rows.tsx";
import { useLatency, type LatencyAnswer } from "../api/system.ts";
import { latencyBars } from "../model/latency-bars.ts";
import classes from "./latency.module.css";

/** How long edges took, stage by stage, since Reed was started. */
export function LatencyCard(): ReactElement {
  const { t } = useTranslation("system");
  const latency = useLatency();
  return (
    <Card withBorder p="md" component="section" aria-label={t("latency.title")}>
      <Title order={2}>{t("latency.title")}</Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t("latency.says")}
      </Text>
      {latency.error !== null && <ErrorNote error={latency.error} onRetry={() => void latency.refetch()} />}
      {latency.isPending && <LoadingRows rows={1} height={140} />}
      <SimpleGrid cols={{ base: 1, md: 3 }} spacing="lg">
        {latency.data?.stages.map((stage) => (
          <Stage key={stage.stage} stage={stage} />
        ))}
      </SimpleGrid>
    </Card>
  );
}

function Stage({ stage }: { readonly stage: LatencyAnswer["stages"][number] }): ReactElement {
  const { t } = useTranslation("system");
  const format = useFormat();
  const bars = latencyBars(stage);
  const ms = (value: number) => format.number(value, value < 1 ? 2 : 0);
  const upTo = (value: number | undefined) =>
    value === undefined ? t("latency.slower") : t("latency.upTo", { ms: ms(value) });
  const summary =
    stage.count === 0
      ? t("latency.none")
      : t("latency.summary", { count: stage.count, p50: upTo(stage.p50Ms), p99: upTo(stage.p99Ms) });
  return (
    <Stack gap={4} justify="space-between">
      <div>
        <Text fw={500}>{t(`latency.stages.${stage.stage}`)}</Text>
        <Text size="sm">{summary}</Text>
      </div>
      {bars.length > 0 && (
        <div role="img" aria-label={summary}>
          <div className={classes["bars"]}>
            {bars.map(({ upTo: bound, count, height }) => (
              <div key={bound} className={classes["column"]} title={`≤ ${bound} ms: ${count}`}>
                <div className={classes["bar"]} style={{ height: `${count === 0 ? 0 : Math.max(3, height * 100)}%` }} />
              </div>
            ))}
          </div>
          <div className={classes["bounds"]}>
            {bars.map(({ upTo: bound }) => (
              <span key={bound} className={classes["bound"]}>
                {bound === Infinity ? ">" : bound < 1000 ? bound : `${bound / 1000} s`}
              </span>
            ))}
          </div>
        </div>
      )}
    </Stack>
  );
}
