import { Button, Group, Paper, Progress, Stack, Text } from "@mantine/core";
import { IconPlayerStop } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { WalkReport } from "../../../../src/contract/walk-test.ts";
import { useFormat, useMay } from "../../../shared/site-data.ts";
import { tellFailure } from "../../../shared/tell.ts";
import { leftOf } from "../../../shared/time-left.ts";
import { useNow } from "../../../shared/use-now.ts";
import { useEndWalk } from "../api/walk-test.ts";
import { newestFirst } from "../model/walk-order.ts";
import { InputRow } from "./input-row.tsx";

/** The test as it goes: how many are proved, how long it lasts still, and a row for each input. */
export function RunningTest({ report }: { readonly report: WalkReport }): ReactElement {
  const { t } = useTranslation("walk-test");
  const format = useFormat();
  const now = useNow(1000);
  const end = useEndWalk();
  const may = useMay("control");
  const { walk, rows, proved } = report;
  const stop = () => end.mutate(undefined, { onError: (error) => tellFailure(t("end.failed"), error) });
  return (
    <Stack gap="sm">
      <Paper withBorder p="md" component="section" aria-label={t("running.label")}>
        <Group justify="space-between" gap="md">
          <Stack gap={2} flex="1 1 14rem">
            <Text fz={26} fw={700} lh={1.2} aria-live="polite" data-proved={proved}>
              {t("running.proved", { n: proved, of: rows.length })}
            </Text>
            <Text c="dimmed">
              {t("running.until", { at: format.time(walk.until), left: leftOf(walk.until - now) })}
            </Text>
          </Stack>
          <Button
            size="md"
            color="red"
            leftSection={<IconPlayerStop size={18} aria-hidden />}
            disabled={!may}
            loading={end.isPending}
            onClick={stop}
          >
            {t("end.button")}
          </Button>
        </Group>
        <Progress
          mt="md"
          color="green"
          value={rows.length === 0 ? 0 : (100 * proved) / rows.length}
          aria-label={t("running.proved", { n: proved, of: rows.length })}
        />
      </Paper>
      {newestFirst(rows).map((row) => (
        <InputRow key={row.input} row={row} />
      ))}
    </Stack>
  );
}
