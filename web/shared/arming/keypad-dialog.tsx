import { Button, Divider, Group, Stack, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { disarmedMode } from "../../../src/domain/arming.ts";
import { tellFailure } from "../tell.ts";
import { SecretField } from "../ui/secret-field.tsx";
import { useArmByCode, useReadiness } from "./arming-data.ts";
import { inTheWay } from "./in-the-way.ts";
import { ReadinessList } from "./readiness-list.tsx";

/** Asks a login that may not arm by itself for somebody's code; what is open is shown before. */
export function openKeypad(title: string, mode: string): void {
  const done = () => modals.close(id);
  const id = modals.open({
    title,
    children: mode === disarmedMode ? <Keypad mode={mode} onDone={done} /> : <ArmByCode mode={mode} onDone={done} />,
  });
}

interface KeypadProps {
  readonly mode: string;
  readonly onDone: () => void;
}

/** What stands against arming, each to be left out, above the code. */
function ArmByCode({ mode, onDone }: KeypadProps): ReactElement {
  const { t } = useTranslation("arming");
  const [bypass, setBypass] = useState<readonly number[]>([]);
  const [again, setAgain] = useState(0);
  const { data: ready } = useReadiness(mode, again);
  const { rest, word } = inTheWay(ready, bypass);
  return (
    <Stack gap="md">
      {ready !== undefined && (
        <>
          <ReadinessList ready={ready} bypass={bypass} onBypass={setBypass} />
          {rest && (
            <Text size="sm" c="dimmed">
              {t("ask.left")}
            </Text>
          )}
          <Divider />
        </>
      )}
      <Keypad
        {...{ mode, onDone, bypass }}
        word={t(`ask.${word}`)}
        force={ready !== undefined && !ready.ready}
        onRefused={() => setAgain(again + 1)}
      />
    </Stack>
  );
}

interface CodeProps extends KeypadProps {
  readonly bypass?: readonly number[];
  /** What is open was shown: it is armed all the same. */
  readonly force?: boolean;
  /** On the button; absent: OK. */
  readonly word?: string;
  /** Something may be open by now that was not. */
  readonly onRefused?: () => void;
}

function Keypad({ mode, onDone, bypass, force = false, word = "OK", onRefused }: CodeProps): ReactElement {
  const { t } = useTranslation(["arming", "common"]);
  const arm = useArmByCode();
  const [pin, setPin] = useState("");
  const press = () =>
    arm.mutate(
      { mode, pin, force, ...(bypass === undefined || bypass.length === 0 ? {} : { bypass }) },
      {
        onSuccess: onDone,
        onError: (error) => {
          setPin("");
          onRefused?.();
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
            {word}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
