import { Anchor, Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { InputKind } from "../../../../src/domain/site-config.ts";
import { useAddInput } from "../../../shared/io/doing.ts";
import { KindIcon } from "../../../shared/io/kind-icon.tsx";
import { useInputKinds } from "../../../shared/io/kinds.ts";
import { freeInputs } from "../../../shared/io/points.ts";
import { useBoards, useInputs } from "../../../shared/site-data.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";

/** Asks for a free contact, a name and a kind; `onAdded` gets the new number. */
export function openAddInput(title: string, onAdded: (input: number) => void): void {
  const id = modals.open({
    title,
    children: (
      <AddInput
        onClose={() => modals.close(id)}
        onAdded={(input) => {
          modals.close(id);
          onAdded(input);
        }}
      />
    ),
  });
}

interface AddInputProps {
  readonly onClose: () => void;
  readonly onAdded: (input: number) => void;
}

function AddInput({ onClose, onAdded }: AddInputProps): ReactElement {
  const { t } = useTranslation(["alarm-in", "io", "common"]);
  const free = freeInputs(useBoards().data ?? [], useInputs().data ?? []);
  const kinds = useInputKinds();
  const add = useAddInput();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<InputKind>("door");
  const [place, setPlace] = useState<string | null>(null);
  const chosen = free.find(({ board, point }) => `${board.board}/${point}` === place);
  if (free.length === 0) {
    return (
      <Stack gap="sm">
        <Text size="sm">{t("add.none")}</Text>
        <Anchor href="/boards/new" size="sm">
          {t("add.board")}
        </Anchor>
      </Stack>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen === undefined || name.trim() === "") return;
        const sent = { name: name.trim(), kind, board: chosen.board.board, point: chosen.point };
        add.mutate(sent, { onSuccess: (made) => onAdded(made.input) });
      }}
    >
      <Stack gap="sm">
        <TextInput label={t("field.name")} value={name} onChange={(e) => setName(e.target.value)} data-autofocus />
        <Select
          label={t("field.kind")}
          data={[...kinds]}
          value={kind}
          leftSection={<KindIcon kind={kind} />}
          maxDropdownHeight={320}
          allowDeselect={false}
          onChange={(value) => setKind(kinds.find((one) => one.value === value)?.value ?? kind)}
        />
        <Select
          label={t("field.contact")}
          description={t("add.contactHelp")}
          data={free.map(({ board, point }) => ({
            value: `${board.board}/${point}`,
            label: t("place", { ns: "io", board: board.name, point }),
          }))}
          value={place}
          onChange={setPlace}
          searchable
        />
        {add.isError && <ErrorNote error={add.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("cancel", { ns: "common" })}
          </Button>
          <Button type="submit" loading={add.isPending} disabled={chosen === undefined || name.trim() === ""}>
            {t("add", { ns: "common" })}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
