import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { AddPoint } from "../../../shared/io/add-point.tsx";
import { useAddInput } from "../../../shared/io/doing.ts";
import { KindIcon } from "../../../shared/io/kind-icon.tsx";
import { useInputKinds } from "../../../shared/io/kinds.ts";
import { freeInputs } from "../../../shared/io/points.ts";
import { useBoards, useInputs } from "../../../shared/site-data.ts";
import { openMaking, type Making } from "../../../shared/ui/dialog-form.tsx";

/** Asks for a free contact, a name and a kind; `onAdded` gets the new number. */
export const openAddInput = (title: string, onAdded: (input: number) => void): void =>
  openMaking(title, onAdded, (making: Making<number>) => <AddInput {...making} />);

function AddInput({ onClose, onMade }: Making<number>): ReactElement {
  const { t } = useTranslation("alarm-in");
  const free = freeInputs(useBoards().data ?? [], useInputs().data ?? []);
  const add = useAddInput();
  return (
    <AddPoint
      says={{
        ...{ name: t("field.name"), kind: t("field.kind"), point: t("field.contact"), pointHelp: t("add.contactHelp") },
        ...{ none: t("add.none"), addBoard: t("add.board") },
      }}
      kinds={useInputKinds()}
      first="door"
      icon={(kind) => <KindIcon kind={kind} />}
      free={free}
      word="place"
      sending={add}
      onSend={(sent) => add.mutate(sent, { onSuccess: (made) => onMade(made.input) })}
      onClose={onClose}
    />
  );
}
