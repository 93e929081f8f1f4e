import { Button, Group, Stack, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { tellFailure } from "../tell.ts";
import { useArm, type Readiness } from "./arming-data.ts";
import { inTheWay } from "./in-the-way.ts";
import { ReadinessList } from "./readiness-list.tsx";

/** Asks before arming a site that is not ready: what is open can be left out, or armed all the same. */
export function openArmDialog(title: string, ready: Readiness): void {
  const id = modals.open({ title, children: <ArmDialog ready={ready} onDone={() => modals.close(id)} /> });
}

function ArmDialog({ ready, onDone }: { readonly ready: Readiness; readonly onDone: () => void }): ReactElement {
  const { t } = useTranslation(["arming", "common"]);
  const arm = useArm();
  const [bypass, setBypass] = useState<readonly number[]>([]);
  const { rest, word } = inTheWay(ready, bypass);
  const press = () =>
    arm.mutate(
      { mode: ready.mode, bypass, force: true },
      { onSuccess: onDone, onError: (error) => tellFailure(t("failed"), error) },
    );
  return (
    <Stack gap="md">
      <ReadinessList ready={ready} bypass={bypass} onBypass={setBypass} />
      {rest && (
        <Text size="sm" c="dimmed">
          {t("ask.left")}
        </Text>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onDone}>
          {t("cancel", { ns: "common" })}
        </Button>
        <Button color="red" loading={arm.isPending} onClick={press} data-autofocus>
          {t(`ask.${word}`)}
        </Button>
      </Group>
    </Stack>
  );
}
