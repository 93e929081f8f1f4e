import { Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../../../shared/said.ts";
import { useFormat } from "../../../shared/site-data.ts";
import type { ArchiveSettings, StoredVolume } from "../api/storage.ts";

interface ArchiveFactsProps {
  readonly archive: ArchiveSettings;
  readonly waiting: NonNullable<StoredVolume["live"]>["waiting"];
}

/** What an archive is for, and what it still has to copy. */
export function ArchiveFacts({ archive, waiting }: ArchiveFactsProps): ReactElement | null {
  const { t } = useTranslation("storage");
  const format = useFormat();
  if (archive === undefined) return null;
  const left = waiting === undefined || waiting.bytes === 0 ? undefined : format.bytes(waiting.bytes);
  const { oldest, bytesPerSecond, problem } = waiting ?? {};
  return (
    <Text size="sm">
      {archive.takes === "chosen" ? t("archive.does.chosen") : t(`archive.does.${archive.mode}.${archive.takes}`)}{" "}
      {left === undefined
        ? t("archive.upToDate")
        : t("archive.waiting", { count: waiting?.segments ?? 0, bytes: left })}{" "}
      {left !== undefined && oldest !== undefined && t("archive.since", { time: format.dateTime(oldest) })}{" "}
      {bytesPerSecond !== undefined && t("archive.rate", { rate: format.bitRate(bytesPerSecond * 8) })}{" "}
      {problem !== undefined && t("archive.problem", { why: said(problem) })}
    </Text>
  );
}
