import { Anchor, Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { OutputKind } from "../../../../src/domain/site-config.ts";
import { useAddOutput } from "../../../shared/io/doing.ts";
import { useOutputKinds } from "../../../shared/io/kinds.ts";
import { freeOutputs } from "../../../shared/io/points.ts";
import { useBoards, useOutputs } from "../../../shared/site-data.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";

/** Asks for a free relay, a name and a kind; `onAdded` gets the new number. */
export function openAddOutput(title: string, onAdded: (output: number) => void): void {
  const id = modals.open({
    title,
    children: (
      <AddOutput
        onClose={() => modals.close(id)}
        onAdded={(output) => {
          modals.close(id);
          onAdded(output);
        }}
      />
    ),
  });
}

interface AddOutputProps {
  readonly onClose: () => void;
  readonly onAdded: (output: number) => void;
}

function AddOutput({ onClose, onAdded }: AddOutputProps): ReactElement {
  const { t } = useTranslation(["alarm-out", "io", "common"]);
  const free = freeOutputs(useBoards().data ?? [], useOutputs().data ?? []);
  const kinds = useOutputKinds();
  const add = useAddOutput();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<OutputKind>("siren");
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
        add.mutate(sent, { onSuccess: (made) => onAdded(made.output) });
      }}
    >
      <Stack gap="sm">
        <TextInput label={t("field.name")} value={name} onChange={(e) => setName(e.target.value)} data-autofocus />
        <Select
          label={t("field.kind")}
          data={[...kinds]}
          value={kind}
          allowDeselect={false}
          onChange={(value) => setKind(kinds.find((one) => one.value === value)?.value ?? kind)}
        />
        <Select
          label={t("field.relay")}
          data={free.map(({ board, point }) => ({
            value: `${board.board}/${point}`,
            label: t("relayPlace", { ns: "io", board: board.name, point }),
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
