import { ActionIcon, Button, Group, Progress, Stack, Text } from "@mantine/core";
import { IconDownload, IconX } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { ExportJob } from "../../../../src/contract/export.ts";
import { apiUrl } from "../../../shared/api-client.ts";
import { said } from "../../../shared/said.ts";
import { useFormat } from "../../../shared/site-data.ts";
import { useExports, useRemoveExport } from "../api/exports.ts";

/** Downloads that are being prepared or are ready; they go on when the page is closed. */
export function ClipJobs(): ReactElement | null {
  const { t } = useTranslation("playback");
  const { data: jobs = [] } = useExports();
  if (jobs.length === 0) return null;
  return (
    <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: "none" }} aria-label={t("clip.jobs")}>
      {jobs.map((job) => (
        <ClipJob key={job.id} job={job} />
      ))}
    </Stack>
  );
}

function ClipJob({ job }: { readonly job: ExportJob }): ReactElement {
  const { t } = useTranslation("playback");
  const format = useFormat();
  const remove = useRemoveExport();
  const { state } = job;
  const isOpen = state.kind === "waiting" || state.kind === "running";
  const share = state.kind === "running" ? (100 * state.doneBytes) / Math.max(1, state.totalBytes) : 0;
  const label = isOpen ? t("clip.cancel") : t("clip.remove");
  const says = () => {
    if (state.kind === "failed") return t("clip.failed", { reason: said(state.reason) });
    if (state.kind === "running" && job.resumed === true) return t("clip.resumed");
    return state.kind === "done" ? undefined : t(`clip.${state.kind}`);
  };
  return (
    <Group component="li" justify="space-between" gap="xs">
      <Stack gap={4} flex="1 1 14rem" miw={0}>
        <Text size="sm" truncate>
          {job.evidence === true && `${t("clip.pack")} · `}
          {t("clip.range", {
            from: format.dateTime(job.from),
            to: format.time(job.to),
            length: format.duration(job.to - job.from),
          })}
        </Text>
        {says() !== undefined && (
          <Text size="xs" c={state.kind === "failed" ? "red" : "dimmed"}>
            {says()}
          </Text>
        )}
        {state.kind === "running" && (
          <Progress value={share} size="sm" aria-label={t("clip.progress", { name: job.name })} />
        )}
      </Stack>
      <Group gap={6}>
        {state.kind === "done" && (
          <Button
            component="a"
            size="compact-md"
            leftSection={<IconDownload size={16} aria-hidden />}
            href={apiUrl(`exports/${job.id}/file.zip`)}
            download
          >
            {t("clip.download", { size: format.bytes(state.bytes) })}
          </Button>
        )}
        <ActionIcon variant="default" size={32} aria-label={label} onClick={() => remove.mutate(job.id)}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </Group>
    </Group>
  );
}
