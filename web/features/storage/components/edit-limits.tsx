import { Button, Group, Stack } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/site-data.ts";
import { tellDone } from "../../../shared/tell.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { useSetLimits, type StoredVolume, type VolumeLimits } from "../api/storage.ts";
import { LimitsFields } from "./limits-fields.tsx";
import { Loss } from "./loss.tsx";

/** Days and cap of a volume; says what would be deleted by it before it is applied. */
export function EditLimits({
  volume,
  onClose,
}: {
  readonly volume: StoredVolume;
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useTranslation("common");
  const format = useFormat();
  const { keepDays, maxShare, maxBytes = null } = volume;
  const [value, setValue] = useState<VolumeLimits>({ keepDays, maxShare, maxBytes });
  const change = useSetLimits(volume);
  const apply = () =>
    change.mutate(value, {
      onSuccess: () => {
        tellDone(t("saved"));
        onClose();
      },
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <Stack gap="sm">
        <LimitsFields value={value} onChange={setValue} />
        <Loss volume={volume} limits={value} format={format} />
        {change.error !== null && <ErrorNote error={change.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" loading={change.isPending}>
            {t("apply.apply")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
