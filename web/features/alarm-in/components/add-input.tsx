import { TextInput } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { InputKind } from "../../../../src/domain/site-config.ts";
import { useAddInput } from "../../../shared/io/doing.ts";
import { FreePointField, NothingFree } from "../../../shared/io/free-point.tsx";
import { KindField } from "../../../shared/io/kind-field.tsx";
import { KindIcon } from "../../../shared/io/kind-icon.tsx";
import { useInputKinds } from "../../../shared/io/kinds.ts";
import { freeInputs, type FreePoint } from "../../../shared/io/points.ts";
import { useBoards, useInputs } from "../../../shared/site-data.ts";
import { DialogForm, openDialog } from "../../../shared/ui/dialog-form.tsx";

/** Asks for a free contact, a name and a kind; `onAdded` gets the new number. */
export function openAddInput(title: string, onAdded: (input: number) => void): void {
  openDialog(title, (close) => (
    <AddInput
      onClose={close}
      onAdded={(input) => {
        close();
        onAdded(input);
      }}
    />
  ));
}

interface AddInputProps {
  readonly onClose: () => void;
  readonly onAdded: (input: number) => void;
}

function AddInput({ onClose, onAdded }: AddInputProps): ReactElement {
  const { t } = useTranslation(["alarm-in", "common"]);
  const free = freeInputs(useBoards().data ?? [], useInputs().data ?? []);
  const kinds = useInputKinds();
  const add = useAddInput();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<InputKind>("door");
  const [place, setPlace] = useState<FreePoint>();
  if (free.length === 0) return <NothingFree says={t("add.none")} addBoard={t("add.board")} />;
  const send = () => {
    if (place === undefined) return;
    const sent = { name: name.trim(), kind, board: place.board.board, point: place.point };
    add.mutate(sent, { onSuccess: (made) => onAdded(made.input) });
  };
  return (
    <DialogForm
      press={t("add", { ns: "common" })}
      sending={add}
      ready={place !== undefined && name.trim() !== ""}
      onSend={send}
      onClose={onClose}
    >
      <TextInput label={t("field.name")} value={name} onChange={(e) => setName(e.target.value)} data-autofocus />
      <KindField
        label={t("field.kind")}
        kinds={kinds}
        kind={kind}
        leftSection={<KindIcon kind={kind} />}
        onKind={setKind}
      />
      <FreePointField
        label={t("field.contact")}
        description={t("add.contactHelp")}
        free={free}
        word="place"
        chosen={place}
        onChoose={setPlace}
      />
    </DialogForm>
  );
}
