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
import { ArchiveFields } from "./archive-fields.tsx";
import { LimitsFields } from "./limits-fields.tsx";

const usual: VolumeLimits = { keepDays: 14, maxShare: 0.8, maxBytes: null };

/** A new volume: its folder is looked at while it is typed. */
export function AddVolume({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useTranslation("storage");
  const [path, setPath] = useState("");
  const [limits, setLimits] = useState(usual);
  const [archive, setArchive] = useState<ArchiveSettings>(undefined);
  const [asked] = useDebouncedValue(path.trim(), 300);
  const folder = useFolder(asked);
  const add = useAddVolume();
  const fits = folder.data?.fits === true && folder.data.path === path.trim();
  const submit = () =>
    add.mutate(
      { path: path.trim(), limits, archive },
      {
        onSuccess: () => {
          tellDone(t(archive === undefined ? "add.done" : "add.archiveDone", { path: path.trim() }));
          onClose();
        },
      },
    );
  return (
    <DialogForm press={t("add.button")} sending={add} ready={fits} onSend={submit} onClose={onClose}>
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
      <div>
        <Text size="sm" fw={500} mb={4} id="volume-use">
          {t("add.use")}
        </Text>
        <SegmentedControl
          fullWidth
          aria-labelledby="volume-use"
          value={archive === undefined ? "record" : "archive"}
          onChange={(use) => setArchive(use === "archive" ? { mode: "both", takes: "all" } : undefined)}
          data={[
            { value: "record", label: t("add.record") },
            { value: "archive", label: t("add.archive") },
          ]}
        />
      </div>
      {archive !== undefined && <ArchiveFields value={archive} onChange={setArchive} />}
      <LimitsFields value={limits} onChange={setLimits} />
    </DialogForm>
  );
}

function FolderFacts({ folder }: { readonly folder: ReturnType<typeof useFolder> }): ReactElement | null {
  const { t } = useTranslation("storage");
  const format = useFormat();
  if (folder.error !== null) return <ErrorNote error={folder.error} />;
  if (folder.data === undefined) return null;
  const { fits, problem, warnings, freeBytes = 0, totalBytes = 0 } = folder.data;
  if (!fits) return <Alert color="red">{said(problem ?? "")}</Alert>;
  return (
    <Alert color={warnings.length === 0 ? "teal" : "orange"} role="status">
      <Text size="sm">{t("add.fits", { free: format.bytes(freeBytes), total: format.bytes(totalBytes) })}</Text>
      {warnings.map((warning) => (
        <Text size="sm" key={warning}>
          {said(warning)}
        </Text>
      ))}
    </Alert>
  );
}
