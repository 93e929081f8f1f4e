import { Radio, Stack } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { ArchiveSettings } from "../api/storage.ts";

type Archive = NonNullable<ArchiveSettings>;

interface ArchiveFieldsProps {
  readonly value: Archive;
  readonly onChange: (value: Archive) => void;
}

/** What an archive takes, and what becomes of the originals. */
export function ArchiveFields({ value, onChange }: ArchiveFieldsProps): ReactElement {
  const { t } = useTranslation("storage");
  return (
    <>
      <Radio.Group
        label={t("archive.takes")}
        value={value.takes}
        onChange={(takes) =>
          onChange(
            takes === "chosen"
              ? { ...value, takes, mode: "both" }
              : { ...value, takes: takes === "alarm" ? takes : "all" },
          )
        }
      >
        <Stack gap="xs" mt={4}>
          <Radio value="all" label={t("archive.all")} />
          <Radio value="alarm" label={t("archive.alarm")} />
          <Radio value="chosen" label={t("archive.chosen")} description={t("archive.chosenSays")} />
        </Stack>
      </Radio.Group>
      {value.takes !== "chosen" && (
        <Radio.Group
          label={t("archive.mode")}
          value={value.mode}
          onChange={(mode) => onChange({ ...value, mode: mode === "remote" ? "remote" : "both" })}
        >
          <Stack gap="xs" mt={4}>
            <Radio value="both" label={t("archive.both")} description={t("archive.bothSays")} />
            <Radio value="remote" label={t("archive.remote")} description={t("archive.remoteSays")} />
          </Stack>
        </Radio.Group>
      )}
    </>
  );
}
