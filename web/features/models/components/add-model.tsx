import { FileInput, Progress, Stack, Text, TextInput } from "@mantine/core";
import { useEffect, useRef, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { tellDone } from "../../../shared/tell.ts";
import { DialogForm } from "../../../shared/ui/dialog-form.tsx";
import { useAddModel, type ModelRow } from "../api/models.ts";
import { descriptionOf, fieldsIn, filledIn, idOf, idProblem, noFields } from "../model/description.ts";
import { DescriptionFields } from "./description-fields.tsx";

interface AddModelProps {
  /** Those that are there: no two have one id. */
  readonly models: readonly ModelRow[];
  readonly onClose: () => void;
}

/** A model of one's own: its file, perhaps with a description, is sent, opened and put in its place. */
export function AddModel({ models, onClose }: AddModelProps): ReactElement {
  const { t } = useTranslation("models");
  const [file, setFile] = useState<File | null>(null);
  const [model, setModel] = useState("");
  const [fields, setFields] = useState(noFields);
  const [wrong, setWrong] = useState(false);
  const [sent, setSent] = useState(0);
  const add = useAddModel();
  const problem = idProblem(model, models);
  const sending = useRef<AbortController>(null);
  // who closes the dialog does not want it: half a gigabyte is not sent behind their back
  useEffect(() => () => sending.current?.abort(), []);
  const choose = (chosen: File | null) => {
    setFile(chosen);
    if (chosen !== null) setModel(idOf(chosen.name));
  };
  const describe = async (chosen: File | null) => {
    const read = chosen === null ? noFields : fieldsIn(await chosen.text());
    setWrong(read === undefined);
    // the file's own words stand in the fields from then on: without it they are as if they had been typed
    setFields((typed) => filledIn(typed, read));
  };
  const send = () => {
    if (file === null) return;
    setSent(0);
    const done = () => {
      tellDone(t("add.done", { name: model }));
      onClose();
    };
    sending.current = new AbortController();
    const { signal } = sending.current;
    add.mutate({ file, model, description: descriptionOf(fields), onProgress: setSent, signal }, { onSuccess: done });
  };
  return (
    <DialogForm
      press={t("add.press")}
      sending={add}
      ready={file !== null && problem === undefined}
      onSend={send}
      onClose={onClose}
    >
      <Text size="sm">{t("add.says")}</Text>
      <FileInput
        label={t("add.file")}
        description={t("add.fileSays")}
        placeholder={t("add.choose")}
        accept=".onnx"
        value={file}
        onChange={choose}
      />
      <TextInput
        label={t("add.id")}
        description={t("add.idSays")}
        value={model}
        error={problem === undefined || model === "" ? undefined : t(`add.problem.${problem}`, { id: model })}
        onChange={(event) => setModel(event.currentTarget.value)}
      />
      <FileInput
        label={t("add.description")}
        description={t("add.descriptionSays")}
        placeholder={t("add.choose")}
        accept=".json,application/json"
        onChange={(chosen) => void describe(chosen)}
        error={wrong ? t("add.noJson") : undefined}
      />
      <DescriptionFields value={fields} onChange={setFields} />
      {add.isPending && (
        <Stack gap={4} role="status">
          <Progress value={sent * 100} aria-label={t("add.sending")} />
          <Text size="xs">{t(sent < 1 ? "add.sending" : "add.checking")}</Text>
        </Stack>
      )}
    </DialogForm>
  );
}
