import { Text, TextInput } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { InputKind } from "../../../../src/domain/site-config.ts";
import { KindField } from "../../../shared/io/kind-field.tsx";
import { KindIcon } from "../../../shared/io/kind-icon.tsx";
import { useInputKinds } from "../../../shared/io/kinds.ts";
import { DialogForm, openDialog } from "../../../shared/ui/dialog-form.tsx";
import { useAddMessage, type MadeMessage } from "../api/sources.ts";

/** Asks for a name and a kind; an address with a key is made for it. */
export function openAddMessage(title: string, onMade: (made: MadeMessage) => void): void {
  openDialog(title, (close) => (
    <AddMessage
      onClose={close}
      onMade={(made) => {
        close();
        onMade(made);
      }}
    />
  ));
}

interface AddMessageProps {
  readonly onClose: () => void;
  readonly onMade: (made: MadeMessage) => void;
}

function AddMessage({ onClose, onMade }: AddMessageProps): ReactElement {
  const { t } = useTranslation(["alarm-in", "common"]);
  const kinds = useInputKinds();
  const add = useAddMessage();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<InputKind>("other");
  const send = () => add.mutate({ name: name.trim(), kind, boardName: t("network.board") }, { onSuccess: onMade });
  return (
    <DialogForm
      press={t("add", { ns: "common" })}
      sending={add}
      ready={name.trim() !== ""}
      onSend={send}
      onClose={onClose}
    >
      <Text size="sm">{t("network.addSays")}</Text>
      <TextInput label={t("field.name")} value={name} onChange={(e) => setName(e.target.value)} data-autofocus />
      <KindField
        label={t("field.kind")}
        kinds={kinds}
        kind={kind}
        leftSection={<KindIcon kind={kind} />}
        onKind={setKind}
      />
    </DialogForm>
  );
}
