import { Button, Center, Group, NativeSelect, Table, Text, TextInput } from "@mantine/core";
import { DateTimePicker } from "@mantine/dates";
import "@mantine/dates/styles.css";
import { useDebouncedValue } from "@mantine/hooks";
import { IconDownload, IconListDetails } from "@tabler/icons-react";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/site-data.ts";
import { EmptyState } from "../../../shared/ui/empty-state.tsx";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { LoadingRows } from "../../../shared/ui/loading-rows.tsx";
import { TimeText } from "../../../shared/ui/time-text.tsx";
import { auditFile, useAudit, type AuditFilter, type AuditRow } from "../api/people.ts";
import { detailsOf } from "../model/audit-details.ts";

const kinds: readonly AuditRow["kind"][] = ["logins", "refused", "viewing", "export", "operation", "changes"];

/** Who did what: logins, refused ones, viewing, export, operation and changes; filtered here, taken along as a file. */
export function AuditSection(): ReactElement {
  const { t } = useTranslation("people");
  const [filter, setFilter] = useState<AuditFilter>({});
  const [settled] = useDebouncedValue(filter, 300);
  const log = useAudit(settled);
  const rows = log.data?.pages.flat();
  return (
    <>
      <Filters filter={filter} onChange={setFilter} />
      {log.error !== null ? (
        <ErrorNote error={log.error} onRetry={() => void log.refetch()} />
      ) : rows === undefined ? (
        <LoadingRows rows={8} height={32} />
      ) : rows.length === 0 ? (
        <EmptyState icon={IconListDetails} title={t("audit.empty")} says={t("audit.emptySays")} />
      ) : (
        <Rows rows={rows} />
      )}
      {log.hasNextPage && (
        <Center mt="sm">
          <Button variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {t("audit.more")}
          </Button>
        </Center>
      )}
    </>
  );
}

interface FiltersProps {
  readonly filter: AuditFilter;
  readonly onChange: (filter: AuditFilter) => void;
}

function Filters({ filter, onChange }: FiltersProps): ReactElement {
  const { t } = useTranslation("people");
  // the picker speaks of this device's clock; what is sent is a moment
  const moment = (text: string | null) => (text === null ? undefined : new Date(text.replace(" ", "T")).getTime());
  return (
    <Group gap="sm" mb="md" align="flex-end">
      <NativeSelect
        label={t("audit.kind")}
        value={filter.kind ?? ""}
        onChange={({ currentTarget: { value } }) => onChange({ ...filter, kind: kinds.find((kind) => kind === value) })}
        data={[
          { value: "", label: t("audit.all") },
          ...kinds.map((kind) => ({ value: kind, label: t(`audit.kinds.${kind}`) })),
        ]}
      />
      <TextInput
        label={t("audit.person")}
        w={150}
        value={filter.person ?? ""}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...filter, person: value.trim() === "" ? undefined : value })
        }
      />
      <DateTimePicker
        label={t("audit.since")}
        w={180}
        clearable
        clearButtonProps={{ "aria-label": t("audit.clear") }}
        onChange={(text) => onChange({ ...filter, since: moment(text) })}
      />
      <DateTimePicker
        label={t("audit.until")}
        w={180}
        clearable
        clearButtonProps={{ "aria-label": t("audit.clear") }}
        onChange={(text) => onChange({ ...filter, until: moment(text) })}
      />
      <Button
        component="a"
        href={auditFile(filter)}
        download
        variant="default"
        ml="auto"
        leftSection={<IconDownload size={16} aria-hidden />}
      >
        {t("audit.csv")}
      </Button>
    </Group>
  );
}

function Rows({ rows }: { readonly rows: readonly AuditRow[] }): ReactElement {
  const { t } = useTranslation("people");
  const format = useFormat();
  return (
    <Table.ScrollContainer
      minWidth={760}
      // whoever uses the keyboard scrolls it, too
      scrollAreaProps={{ viewportProps: { tabIndex: 0, role: "region", "aria-label": t("sections.audit") } }}
    >
      <Table verticalSpacing="xs" aria-label={t("sections.audit")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("audit.at")}</Table.Th>
            <Table.Th>{t("audit.who")}</Table.Th>
            <Table.Th>{t("audit.kind")}</Table.Th>
            <Table.Th>{t("audit.what")}</Table.Th>
            <Table.Th>{t("audit.details")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.id}>
              <Table.Td style={{ whiteSpace: "nowrap" }}>
                <TimeText at={row.at} />
              </Table.Td>
              <Table.Td>
                {row.actor.kind === "key" ? t("audit.key", { name: row.actor.name }) : row.actor.name}
              </Table.Td>
              <Table.Td>{t(`audit.kinds.${row.kind}`)}</Table.Td>
              <Table.Td>{t(`audit.whats.${row.what}` as "audit.whats.login", { defaultValue: row.what })}</Table.Td>
              <Table.Td style={{ overflowWrap: "anywhere" }}>
                <Text span size="sm">
                  {detailsOf(row.details, (wall) => format.dateTime(wall))
                    .map(({ key, value }) => `${key} ${value}`)
                    .join(" · ")}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
