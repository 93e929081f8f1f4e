import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface ConfirmTypedOptions {
  readonly title: string;
  /** Names what will be lost. */
  readonly says: string;
  /** What has to be typed, e.g. the camera's name. */
  readonly word: string;
  readonly confirm: string;
  readonly onConfirm: () => void;
}

/** Dangerous things name what will be lost and ask for it by hand. */
export function confirmTyped(options: ConfirmTypedOptions): void {
  const id = modals.open({
    title: options.title,
    children: <Typed {...options} onClose={() => modals.close(id)} />,
  });
}

function Typed({
  says,
  word,
  confirm,
  onConfirm,
  onClose,
}: ConfirmTypedOptions & { onClose: () => void }): ReactElement {
  const { t } = useTranslation("common");
  const [typed, setTyped] = useState("");
  const fits = typed.trim() === word;
  const submit = () => {
    if (!fits) return;
    onClose();
    onConfirm();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="sm">
        <Text size="sm">{says}</Text>
        <TextInput
          label={t("typed.label", { word })}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-autofocus
          autoComplete="off"
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button color="red" type="submit" disabled={!fits}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
