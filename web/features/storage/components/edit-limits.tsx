import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/site-data.ts";
import { tellDone } from "../../../shared/tell.ts";
import { DialogForm } from "../../../shared/ui/dialog-form.tsx";
import { useSetLimits, type StoredVolume, type VolumeLimits } from "../api/storage.ts";
import { isFilled, trimmed } from "../model/bucket.ts";
import { ArchiveFields } from "./archive-fields.tsx";
import { BucketFields } from "./bucket-fields.tsx";
import { BucketTest } from "./bucket-test.tsx";
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
  const [archive, setArchive] = useState(volume.archive);
  const [value, setValue] = useState<VolumeLimits>({ keepDays, maxShare, maxBytes });
  const change = useSetLimits(volume);
  const bucket = archive?.bucket;
  const apply = () =>
    change.mutate(
      { limits: value, archive: archive && (bucket === undefined ? archive : { ...archive, bucket: trimmed(bucket) }) },
      {
        onSuccess: () => {
          tellDone(t("saved"));
          onClose();
        },
      },
    );
  return (
    <DialogForm
      press={t("apply.apply")}
      sending={change}
      ready={bucket === undefined || isFilled(bucket)}
      onSend={apply}
      onClose={onClose}
    >
      {archive !== undefined && bucket !== undefined && (
        <>
          <BucketFields value={bucket} onChange={(now) => setArchive({ ...archive, bucket: now })} />
          <BucketTest bucket={bucket} volume={volume.id} />
        </>
      )}
      {archive !== undefined && <ArchiveFields value={archive} onChange={setArchive} />}
      <LimitsFields value={value} onChange={setValue} boundless={bucket !== undefined} />
      <Loss volume={volume} limits={value} format={format} />
    </DialogForm>
  );
}
