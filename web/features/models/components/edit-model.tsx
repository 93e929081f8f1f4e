import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { tellDone } from "../../../shared/tell.ts";
import { DialogForm } from "../../../shared/ui/dialog-form.tsx";
import { useDescribe, type ModelRow } from "../api/models.ts";
import { descriptionOf, fieldsOf } from "../model/description.ts";
import { DescriptionFields } from "./description-fields.tsx";

interface EditModelProps {
  readonly row: ModelRow;
  readonly onClose: () => void;
}

/** Other labels, another licence note; the model is opened with them before they are kept. */
export function EditModel({ row, onClose }: EditModelProps): ReactElement {
  const { t } = useTranslation("models");
  const [fields, setFields] = useState(() => fieldsOf(row.description));
  const describe = useDescribe(row.model);
  const send = () =>
    describe.mutate(descriptionOf(fields), {
      onSuccess: () => {
        tellDone(t("edit.done"));
        onClose();
      },
    });
  return (
    <DialogForm press={t("edit.press")} sending={describe} onSend={send} onClose={onClose}>
      <DescriptionFields value={fields} onChange={setFields} />
    </DialogForm>
  );
}
