import { Anchor, Group, Loader, Stack, Text } from "@mantine/core";
import { IconFileTypePdf } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { WalkSummary } from "../../../../src/contract/walk-test.ts";
import { useFormat, useMay } from "../../../shared/site-data.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { LoadingRows } from "../../../shared/ui/loading-rows.tsx";
import { Section } from "../../../shared/ui/section.tsx";
import { recordFile, useWalkRecords } from "../api/walk-test.ts";

/** Past walk tests, each with its record. */
export function RecordsCard(): ReactElement {
  const { t } = useTranslation("walk-test");
  const records = useWalkRecords();
  return (
    <Section title={t("records.title")} says={t("records.says")}>
      {records.isPending && <LoadingRows rows={2} height={44} />}
      {records.isError && <ErrorNote error={records.error} onRetry={() => void records.refetch()} />}
      {records.data?.length === 0 && <Text c="dimmed">{t("records.none")}</Text>}
      {records.data !== undefined && records.data.length > 0 && (
        <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
          {records.data.map((walk) => (
            <RecordLine key={walk.walkId} walk={walk} />
          ))}
        </Stack>
      )}
    </Section>
  );
}

function RecordLine({ walk }: { readonly walk: WalkSummary }): ReactElement {
  const { t } = useTranslation("walk-test");
  const format = useFormat();
  const whole = walk.proved === walk.inputs.length;
  return (
    <Group component="li" justify="space-between" gap="sm">
      <Stack gap={0} flex="1 1 14rem">
        <Text fw={500}>{format.dateTime(walk.since)}</Text>
        <Text size="sm" c="dimmed">
          {t("records.line", { n: walk.proved, of: walk.inputs.length, by: walk.by.replace(/^(user|code|key) /, "") })}
          {walk.ended !== undefined && ` · ${t(`why.${walk.ended.why}`)}`}
          {whole ? " ✓" : ""}
        </Text>
      </Stack>
      <RecordFile walk={walk} />
    </Group>
  );
}

/** The file, or when there will be one. */
function RecordFile({ walk }: { readonly walk: WalkSummary }): ReactElement | null {
  const { t } = useTranslation("walk-test");
  const may = useMay("footage");
  if (walk.file === "being-made")
    return (
      <Group gap={6}>
        <Loader size="xs" aria-hidden />
        <Text size="sm">{t("records.beingMade")}</Text>
      </Group>
    );
  if (walk.file === "none") return <Text size="sm">{t("records.running")}</Text>;
  if (!may) return <Text size="sm">{t("records.mayNot")}</Text>;
  return (
    <Anchor href={recordFile(walk.walkId, "pdf")} download>
      <Group gap={6} wrap="nowrap">
        <IconFileTypePdf size={20} aria-hidden />
        {t("records.open")}
      </Group>
    </Anchor>
  );
}
