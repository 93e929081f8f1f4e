import { Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { InputKind } from "../../../../src/domain/site-config.ts";
import { KindIcon } from "../../../shared/io/kind-icon.tsx";
import { useInputKinds } from "../../../shared/io/kinds.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { useAddMessage, type MadeMessage } from "../api/sources.ts";

/** Asks for a name and a kind; an address with a key is made for it. */
export function openAddMessage(title: string, onMade: (made: MadeMessage) => void): void {
  const id = modals.open({
    title,
    children: (
      <AddMessage
        onClose={() => modals.close(id)}
        onMade={(made) => {
          modals.close(id);
          onMade(made);
        }}
      />
    ),
  });
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
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === "") return;
        add.mutate({ name: name.trim(), kind, boardName: t("network.board") }, { onSuccess: onMade });
      }}
    >
      <Stack gap="sm">
        <Text size="sm">{t("network.addSays")}</Text>
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
        {add.isError && <ErrorNote error={add.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("cancel", { ns: "common" })}
          </Button>
          <Button type="submit" loading={add.isPending} disabled={name.trim() === ""}>
            {t("add", { ns: "common" })}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
