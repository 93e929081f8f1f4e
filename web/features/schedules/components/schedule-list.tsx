import { Button, Card, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconCalendarTime, IconPlus } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useInputs, useSchedules } from "../../../shared/site-data.ts";
import { tellFailure } from "../../../shared/tell.ts";
import type { Schedule } from "../../../shared/types.ts";
import { EmptyState } from "../../../shared/ui/empty-state.tsx";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { LoadingRows } from "../../../shared/ui/loading-rows.tsx";
import { PageHeader } from "../../../shared/ui/page-header.tsx";
import { ScheduleNow } from "../../../shared/ui/schedule-now.tsx";
import { useAddSchedule, useAutoArm } from "../api/schedules.ts";
import { draftOf, newWeek } from "../model/week.ts";
import { CalendarCard } from "./calendar-card.tsx";
import { WeekGrid } from "./week-grid.tsx";

/** All schedules with what is true of them now, and the holidays that they share. */
export function ScheduleList(): ReactElement {
  const { t } = useTranslation("schedules");
  const schedules = useSchedules();
  const rows = schedules.data ?? [];
  return (
    <Stack gap="md">
      <div>
        <PageHeader title={t("title")} says={t("says")}>
          {rows.length > 0 && <AddButton count={rows.length} />}
        </PageHeader>
        {schedules.isPending && <LoadingRows rows={3} height={120} />}
        {schedules.isError && <ErrorNote error={schedules.error} onRetry={() => void schedules.refetch()} />}
        {schedules.data?.length === 0 && (
          <EmptyState icon={IconCalendarTime} title={t("empty.title")} says={t("empty.says")}>
            <AddButton count={0} />
          </EmptyState>
        )}
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
          {rows.map((row) => (
            <ScheduleCard key={row.schedule} schedule={row} />
          ))}
        </SimpleGrid>
      </div>
      <CalendarCard />
    </Stack>
  );
}

function AddButton({ count }: { readonly count: number }): ReactElement {
  const { t } = useTranslation("schedules");
  const navigate = useNavigate();
  const add = useAddSchedule();
  const press = () =>
    add.mutate(newWeek(count === 0 ? t("add.first") : t("add.name", { number: count + 1 })), {
      onSuccess: ({ schedule }) =>
        void navigate({ to: "/schedules/{-$schedule}", params: { schedule: String(schedule) } }),
      onError: (error) => tellFailure(t("add.failed"), error),
    });
  return (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={press} loading={add.isPending}>
      {t("add.press")}
    </Button>
  );
}

function ScheduleCard({ schedule }: { readonly schedule: Schedule }): ReactElement {
  const { t } = useTranslation("schedules");
  const inputs = (useInputs().data ?? []).filter((one) => one.schedule === schedule.schedule);
  const arms = useAutoArm()?.schedule === schedule.schedule;
  const users = [...inputs.map((one) => one.name), ...(arms ? [t("autoArm.title")] : [])];
  return (
    <Card withBorder component={Link} to={`/schedules/${schedule.schedule}`} c="inherit">
      <Group justify="space-between" gap="xs" mb="xs">
        <Text fw={600}>{schedule.name}</Text>
        <ScheduleNow schedule={schedule} />
      </Group>
      <WeekGrid draft={draftOf(schedule)} />
      <Text size="sm" c="dimmed" mt="xs">
        {users.length === 0 ? t("usedByNone") : t("usedBy", { names: users.join(", ") })}
      </Text>
    </Card>
  );
}
