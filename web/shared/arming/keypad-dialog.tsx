import { Button, Group, Stack } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { tellFailure } from "../tell.ts";
import { SecretField } from "../ui/secret-field.tsx";
import { useArmByCode } from "./arming-data.ts";

/** Asks a login that may not arm by itself for somebody's code. */
export function openKeypad(title: string, mode: string): void {
  const id = modals.open({ title, children: <Keypad mode={mode} onDone={() => modals.close(id)} /> });
}

function Keypad({ mode, onDone }: { readonly mode: string; readonly onDone: () => void }): ReactElement {
  const { t } = useTranslation(["arming", "common"]);
  const arm = useArmByCode();
  const [pin, setPin] = useState("");
  const press = () =>
    arm.mutate(
      { mode, pin, force: true },
      {
        onSuccess: onDone,
        onError: (error) => {
          setPin("");
          tellFailure(t("codes.wrong"), error);
        },
      },
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (pin !== "") press();
      }}
    >
      <Stack gap="md">
        <SecretField
          size="lg"
          label={t("codes.keypad")}
          inputMode="numeric"
          autoComplete="off"
          maxLength={8}
          data-autofocus
          value={pin}
          onChange={(event) => setPin(event.currentTarget.value.replaceAll(/\D/g, ""))}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {t("cancel", { ns: "common" })}
          </Button>
          <Button type="submit" disabled={pin.length < 4} loading={arm.isPending}>
            OK
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
