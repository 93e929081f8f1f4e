import { Text } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { InputKind } from "../../../../src/domain/site-config.ts";
import { KindIcon } from "../../../shared/io/kind-icon.tsx";
import { useInputKinds } from "../../../shared/io/kinds.ts";
import { NameAndKind, type Named } from "../../../shared/io/name-and-kind.tsx";
import { DialogForm, openMaking, type Making } from "../../../shared/ui/dialog-form.tsx";
import { useAddMessage, type MadeMessage } from "../api/sources.ts";

/** Asks for a name and a kind; an address with a key is made for it. */
export const openAddMessage = (title: string, onMade: (made: MadeMessage) => void): void =>
  openMaking(title, onMade, (making: Making<MadeMessage>) => <AddMessage {...making} />);

function AddMessage({ onClose, onMade }: Making<MadeMessage>): ReactElement {
  const { t } = useTranslation(["alarm-in", "common"]);
  const kinds = useInputKinds();
  const add = useAddMessage();
  const [value, setValue] = useState<Named<InputKind>>({ name: "", kind: "other" });
  const name = value.name.trim();
  const send = () => add.mutate({ name, kind: value.kind, boardName: t("network.board") }, { onSuccess: onMade });
  return (
    <DialogForm press={t("add", { ns: "common" })} sending={add} ready={name !== ""} onSend={send} onClose={onClose}>
      <Text size="sm">{t("network.addSays")}</Text>
      <NameAndKind
        says={{ name: t("field.name"), kind: t("field.kind") }}
        kinds={kinds}
        icon={<KindIcon kind={value.kind} />}
        value={value}
        onChange={setValue}
      />
    </DialogForm>
  );
}
