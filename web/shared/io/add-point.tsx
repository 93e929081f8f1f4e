import { useState, type ReactElement, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { DialogForm } from "../ui/dialog-form.tsx";
import { FreePointField, NothingFree } from "./free-point.tsx";
import { NameAndKind, type Named } from "./name-and-kind.tsx";
import type { FreePoint } from "./points.ts";

interface AddPointProps<Kind extends string> {
  readonly says: {
    readonly name: string;
    readonly kind: string;
    readonly point: string;
    readonly pointHelp?: string;
    readonly none: string;
    readonly addBoard: string;
  };
  readonly kinds: readonly { readonly value: Kind; readonly label: string }[];
  readonly first: Kind;
  readonly icon?: (kind: Kind) => ReactNode;
  readonly free: readonly FreePoint[];
  readonly word: "place" | "relayPlace";
  readonly sending: { readonly isPending: boolean; readonly error: Error | null };
  readonly onSend: (sent: Named<Kind> & { readonly board: number; readonly point: number }) => void;
  readonly onClose: () => void;
}

/** A name, a kind and a contact or relay that nothing uses yet. */
export function AddPoint<Kind extends string>(props: AddPointProps<Kind>): ReactElement {
  const { says, kinds, first, icon, free, word, sending, onSend, onClose } = props;
  const { t } = useTranslation("common");
  const [value, setValue] = useState<Named<Kind>>({ name: "", kind: first });
  const [place, setPlace] = useState<FreePoint>();
  if (free.length === 0) return <NothingFree says={says.none} addBoard={says.addBoard} />;
  const name = value.name.trim();
  const send = () => {
    if (place !== undefined) onSend({ name, kind: value.kind, board: place.board.board, point: place.point });
  };
  return (
    <DialogForm
      press={t("add")}
      sending={sending}
      ready={place !== undefined && name !== ""}
      onSend={send}
      onClose={onClose}
    >
      <NameAndKind says={says} kinds={kinds} icon={icon?.(value.kind)} value={value} onChange={setValue} />
      <FreePointField
        label={says.point}
        {...(says.pointHelp === undefined ? {} : { description: says.pointHelp })}
        free={free}
        word={word}
        chosen={place}
        onChoose={setPlace}
      />
    </DialogForm>
  );
}
