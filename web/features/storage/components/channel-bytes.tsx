import { Card, Title } from "@mantine/core";
import { useMemo, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/site-data.ts";
import { DataTable, type TableColumn } from "../../../shared/ui/data-table.tsx";
import type { StoredChannel } from "../api/storage.ts";
import { lastDays } from "../model/fill.ts";

/** Bytes of each camera: all, a day on average, and the last seven days. */
export function ChannelBytes({ channels }: { readonly channels: readonly StoredChannel[] }): ReactElement {
  const { t } = useTranslation("storage");
  const format = useFormat();
  const columns = useMemo((): TableColumn<StoredChannel>[] => {
    const newest = channels
      .flatMap((one) => one.days.at(-1)?.day ?? [])
      .sort()
      .at(-1);
    const size = (bytes: number) => (
      <span style={{ whiteSpace: "nowrap" }}>{bytes === 0 ? "–" : format.bytes(bytes)}</span>
    );
    const bytesOn = (row: StoredChannel, day: string) => row.days.find((one) => one.day === day)?.bytes ?? 0;
    const days = newest === undefined ? [] : lastDays(newest, 7).reverse();
    return [
      { key: "name", title: t("bytes.camera"), value: (row) => row.name || t("channel", { number: row.channel }) },
      {
        key: "perDay",
        title: t("bytes.perDay"),
        value: (row) => row.bytesPerDay,
        draw: (row) => size(row.bytesPerDay),
      },
      { key: "all", title: t("bytes.all"), value: (row) => row.bytes, draw: (row) => size(row.bytes) },
      ...days.map((day) => ({
        key: day,
        title: format.day(Date.parse(`${day}T12:00:00Z`)).replace(/ \d{4}$/, ""),
        value: (row: StoredChannel) => bytesOn(row, day),
        draw: (row: StoredChannel) => size(bytesOn(row, day)),
      })),
    ];
  }, [channels, format, t]);
  return (
    <Card withBorder p="md" component="section" aria-label={t("bytes.title")}>
      <Title order={2} mb="sm">
        {t("bytes.title")}
      </Title>
      <DataTable
        label={t("bytes.title")}
        rows={channels}
        columns={columns}
        keyOf={(row) => row.channel}
        nameOf={(row) => row.name}
      />
    </Card>
  );
}
