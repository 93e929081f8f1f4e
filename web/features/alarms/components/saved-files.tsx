import { Button, Code, Group, Paper, Progress, Stack, Text, Title } from "@mantine/core";
import { IconDownload, IconLock } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { ExportJob } from "../../../../src/contract/export.ts";
import { said } from "../../../shared/said.ts";
import { useFormat, useMay } from "../../../shared/site-data.ts";
import { tellFailure } from "../../../shared/tell.ts";
import { useExportsOf, useLocks, useReleaseLocks, useRemoveExport, zipUrl } from "../api/exports.ts";

/** What was saved of an alarm and what is locked of it. Nothing at all while there is neither. */
export function SavedFiles({ alarmId }: { readonly alarmId: string }): ReactElement | null {
  const { t } = useTranslation("alarms");
  const exports = useExportsOf(alarmId, useMay("footage")).data ?? [];
  const locks = useLocks().data;
  const own = locks?.locks.filter((lock) => lock.alarmId === alarmId) ?? [];
  if (exports.length === 0 && own.length === 0) return null;
  return (
    <Paper withBorder p="sm" component="section" aria-label={t("saved.title")}>
      <Stack gap="sm">
        <Title order={3}>{t("saved.title")}</Title>
        {exports.map((job) => (
          <Job key={job.id} job={job} />
        ))}
        {own.length > 0 && <Locked ids={own.map((lock) => lock.id)} lockedBytes={locks?.lockedBytes} />}
      </Stack>
    </Paper>
  );
}

function Job({ job }: { readonly job: ExportJob }): ReactElement {
  const { t } = useTranslation("alarms");
  const format = useFormat();
  const remove = useRemoveExport();
  const { state } = job;
  const drop = () => remove.mutate(job.id, { onError: (error) => tellFailure(t("saved.notRemoved"), error) });
  const isGoing = state.kind === "waiting" || state.kind === "running";
  return (
    <Stack gap={6} data-export={state.kind}>
      <Group justify="space-between" gap="xs">
        <Text size="sm">{t("saved.for", { recipient: job.recipient, by: job.by, time: format.dateTime(job.at) })}</Text>
        <Group gap="xs">
          {state.kind === "done" && (
            <Button
              component="a"
              href={zipUrl(job.id)}
              download={job.name}
              size="compact-md"
              leftSection={<IconDownload size={16} aria-hidden />}
            >
              {t("saved.download", { size: format.bytes(state.bytes) })}
            </Button>
          )}
          <Button variant="default" size="compact-md" onClick={drop} loading={remove.isPending}>
            {isGoing ? t("saved.cancel") : t("saved.remove")}
          </Button>
        </Group>
      </Group>
      <JobState state={state} />
    </Stack>
  );
}

function JobState({ state }: Pick<ExportJob, "state">): ReactElement {
  const { t } = useTranslation("alarms");
  const format = useFormat();
  switch (state.kind) {
    case "waiting":
      return <Text size="sm">{t("saved.waiting")}</Text>;
    case "running": {
      const share = state.totalBytes === 0 ? 0 : Math.min(1, state.doneBytes / state.totalBytes);
      return (
        <Progress.Root size="xl">
          <Progress.Section value={share * 100} aria-label={t("saved.progress")}>
            <Progress.Label>{format.percent(share)}</Progress.Label>
          </Progress.Section>
        </Progress.Root>
      );
    }
    case "done":
      return (
        <Text size="xs" c="dimmed">
          {t("saved.hash")} <Code style={{ overflowWrap: "anywhere" }}>{state.sha256}</Code>{" "}
          {t("saved.until", { time: format.dateTime(state.until) })}
        </Text>
      );
    case "failed":
      return (
        <Text size="sm" c="red" role="alert">
          {said(state.reason)}
        </Text>
      );
    case "cancelled":
      return <Text size="sm">{t("saved.cancelled")}</Text>;
  }
}

interface LockedProps {
  readonly ids: readonly string[];
  readonly lockedBytes: number | undefined;
}

function Locked({ ids, lockedBytes }: LockedProps): ReactElement {
  const { t } = useTranslation("alarms");
  const format = useFormat();
  const may = useMay("configure");
  const release = useReleaseLocks();
  return (
    <Group justify="space-between" gap="xs">
      <Group gap={6} wrap="nowrap">
        <IconLock size={16} aria-hidden />
        <Text size="sm">
          {t("saved.locked")}{" "}
          {lockedBytes !== undefined && lockedBytes > 0 && t("saved.lockedInAll", { size: format.bytes(lockedBytes) })}
        </Text>
      </Group>
      {may && (
        <Button
          variant="default"
          size="compact-md"
          loading={release.isPending}
          onClick={() => release.mutate(ids, { onError: (error) => tellFailure(t("saved.notReleased"), error) })}
        >
          {t("saved.release")}
        </Button>
      )}
    </Group>
  );
}
