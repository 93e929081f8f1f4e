import { Anchor, Select, Stack, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { FreePoint } from "./points.ts";

/** Instead of the form, where nothing is left to add. */
export function NothingFree({ says, addBoard }: { readonly says: string; readonly addBoard: string }): ReactElement {
  return (
    <Stack gap="sm">
      <Text size="sm">{says}</Text>
      <Anchor href="/boards/new" size="sm">
        {addBoard}
      </Anchor>
    </Stack>
  );
}

interface FreePointFieldProps {
  readonly label: string;
  readonly description?: string;
  readonly free: readonly FreePoint[];
  /** How `io` names them. */
  readonly word: "place" | "relayPlace";
  readonly chosen: FreePoint | undefined;
  readonly onChoose: (chosen: FreePoint | undefined) => void;
}

/** A contact or relay that nothing uses yet. */
export function FreePointField({ free, word, chosen, onChoose, ...said }: FreePointFieldProps): ReactElement {
  const { t } = useTranslation("io");
  return (
    <Select
      {...said}
      data={free.map((one) => ({ value: keyOf(one), label: t(word, { board: one.board.name, point: one.point }) }))}
      value={chosen === undefined ? null : keyOf(chosen)}
      onChange={(value) => onChoose(free.find((one) => keyOf(one) === value))}
      searchable
    />
  );
}

const keyOf = ({ board, point }: FreePoint): string => `${board.board}/${point}`;
