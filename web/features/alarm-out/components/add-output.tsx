import { TextInput } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { OutputKind } from "../../../../src/domain/site-config.ts";
import { useAddOutput } from "../../../shared/io/doing.ts";
import { FreePointField, NothingFree } from "../../../shared/io/free-point.tsx";
import { KindField } from "../../../shared/io/kind-field.tsx";

import { useOutputKinds } from "../../../shared/io/kinds.ts";
import { freeOutputs, type FreePoint } from "../../../shared/io/points.ts";
import { useBoards, useOutputs } from "../../../shared/site-data.ts";
import { DialogForm, openDialog } from "../../../shared/ui/dialog-form.tsx";

/** Asks for a free relay, a name and a kind; `onAdded` gets the new number. */
export function openAddOutput(title: string, onAdded: (output: number) => void): void {
  openDialog(title, (close) => (
    <AddOutput
      onClose={close}
      onAdded={(output) => {
        close();
        onAdded(output);
      }}
    />
  ));
}

interface AddOutputProps {
  readonly onClose: () => void;
  readonly onAdded: (output: number) => void;
}

function AddOutput({ onClose, onAdded }: AddOutputProps): ReactElement {
  const { t } = useTranslation(["alarm-out", "common"]);
  const free = freeOutputs(useBoards().data ?? [], useOutputs().data ?? []);
  const kinds = useOutputKinds();
  const add = useAddOutput();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<OutputKind>("siren");
  const [place, setPlace] = useState<FreePoint>();
  if (free.length === 0) return <NothingFree says={t("add.none")} addBoard={t("add.board")} />;
  const send = () => {
    if (place === undefined) return;
    const sent = { name: name.trim(), kind, board: place.board.board, point: place.point };
    add.mutate(sent, { onSuccess: (made) => onAdded(made.output) });
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
      <KindField label={t("field.kind")} kinds={kinds} kind={kind} onKind={setKind} />
      <FreePointField
        label={t("field.relay")}

        free={free}
        word="relayPlace"
        chosen={place}
        onChoose={setPlace}
      />
    </DialogForm>
  );
}
