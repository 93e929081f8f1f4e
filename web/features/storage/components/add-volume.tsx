import { Alert, SegmentedControl, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../../../shared/said.ts";
import { useFormat } from "../../../shared/site-data.ts";
import { tellDone } from "../../../shared/tell.ts";
import { DialogForm } from "../../../shared/ui/dialog-form.tsx";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { useAddVolume, useFolder, type ArchiveSettings, type VolumeLimits } from "../api/storage.ts";
import { emptyBucket, isFilled, trimmed } from "../model/bucket.ts";
import { ArchiveFields } from "./archive-fields.tsx";
import { BucketFields } from "./bucket-fields.tsx";
import { BucketTest } from "./bucket-test.tsx";

import { MediumFacts } from "./medium-facts.tsx";
import { LimitsFields } from "./limits-fields.tsx";

const usual: VolumeLimits = { keepDays: 14, maxShare: 0.8, maxBytes: null };
const archiveFor = {
  archive: { mode: "both", takes: "all" },
  bucket: { mode: "both", takes: "all", bucket: emptyBucket },
} as const;

/** A new volume: its folder is looked at while it is typed; or an archive in a bucket, which can be tried. */
export function AddVolume({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useTranslation("storage");
  const [path, setPath] = useState("");
  const [limits, setLimits] = useState(usual);
  const [archive, setArchive] = useState<ArchiveSettings>(undefined);
  const bucket = archive?.bucket;
  const [asked] = useDebouncedValue(bucket === undefined ? path.trim() : "", 300);
  const folder = useFolder(asked);
  const add = useAddVolume();
  const fits = folder.data?.fits === true && folder.data.path === path.trim();
  const submit = () => {
    const sent = archive !== undefined && bucket !== undefined ? { ...archive, bucket: trimmed(bucket) } : archive;
    const name = bucket?.bucket ?? path.trim();
    add.mutate(
      { ...(bucket === undefined ? { path: path.trim() } : {}), limits, archive: sent },
      {
        onSuccess: () => {
          tellDone(t(archive === undefined ? "add.done" : "add.archiveDone", { path: name }));
          onClose();
        },
      },
    );
  };
  const use = archive === undefined ? "record" : bucket === undefined ? "archive" : "bucket";
  const choose = (next: string) => setArchive(next === "archive" || next === "bucket" ? archiveFor[next] : undefined);
  return (
    <DialogForm
      press={t("add.button")}
      sending={add}
      ready={bucket === undefined ? fits : isFilled(bucket)}
      onSend={submit}
      onClose={onClose}
    >
      <div>
        <Text size="sm" fw={500} mb={4} id="volume-use">
          {t("add.use")}
        </Text>
        <SegmentedControl
          fullWidth
          aria-labelledby="volume-use"
          value={use}
          onChange={choose}
          data={(["record", "archive", "bucket"] as const).map((value) => ({ value, label: t(`add.${value}`) }))}
        />
      </div>
      {archive !== undefined && bucket !== undefined ? (
        <>
          <BucketFields value={bucket} onChange={(now) => setArchive({ ...archive, bucket: now })} />
          <BucketTest bucket={bucket} />
        </>
      ) : (
        <>
          <TextInput
            label={t("add.path")}
            description={t("add.pathSays")}
            placeholder="/mnt/footage"
            value={path}
            onChange={(event) => setPath(event.currentTarget.value)}
            data-autofocus
            autoComplete="off"
            spellCheck={false}
          />
          <FolderFacts folder={folder} />
        </>
      )}
      {archive !== undefined && <ArchiveFields value={archive} onChange={setArchive} />}
      <LimitsFields value={limits} onChange={setLimits} boundless={bucket !== undefined} />
    </DialogForm>
  );
}

function FolderFacts({ folder }: { readonly folder: ReturnType<typeof useFolder> }): ReactElement | null {
  const { t } = useTranslation("storage");
  const format = useFormat();
  if (folder.error !== null) return <ErrorNote error={folder.error} />;
  if (folder.data === undefined) return null;
  const { fits, problem, medium, warnings, freeBytes = 0, totalBytes = 0 } = folder.data;
  if (!fits) return <Alert color="red">{said(problem ?? "")}</Alert>;
  return (
    <Alert color={warnings.length === 0 && (medium?.says.length ?? 0) === 0 ? "teal" : "orange"} role="status">
      <Text size="sm">{t("add.fits", { free: format.bytes(freeBytes), total: format.bytes(totalBytes) })}</Text>
      {warnings.map((warning) => (
        <Text size="sm" key={warning}>
          {said(warning)}
        </Text>
      ))}
      {medium !== undefined && <MediumFacts medium={medium} />}
    </Alert>
  );
}
