import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { AddPoint } from "../../../shared/io/add-point.tsx";
import { useAddOutput } from "../../../shared/io/doing.ts";
import { useOutputKinds } from "../../../shared/io/kinds.ts";
import { freeOutputs } from "../../../shared/io/points.ts";
import { useBoards, useOutputs } from "../../../shared/site-data.ts";
import { openMaking, type Making } from "../../../shared/ui/dialog-form.tsx";

/** Asks for a free relay, a name and a kind; `onAdded` gets the new number. */
export const openAddOutput = (title: string, onAdded: (output: number) => void): void =>
  openMaking(title, onAdded, (making: Making<number>) => <AddOutput {...making} />);

function AddOutput({ onClose, onMade }: Making<number>): ReactElement {
  const { t } = useTranslation("alarm-out");
  const free = freeOutputs(useBoards().data ?? [], useOutputs().data ?? []);
  const add = useAddOutput();
  return (
    <AddPoint
      says={{
        ...{ name: t("field.name"), kind: t("field.kind"), point: t("field.relay") },
        ...{ none: t("add.none"), addBoard: t("add.board") },
      }}
      kinds={useOutputKinds()}
      first="siren"
      free={free}
      word="relayPlace"
      sending={add}
      onSend={(sent) => add.mutate(sent, { onSuccess: (made) => onMade(made.output) })}
      onClose={onClose}
    />
  );
}
