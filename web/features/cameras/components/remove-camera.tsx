import { Anchor, Button, List, Paper, Stack, Text, Title } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useInputs, useVolumes } from "../../../shared/site-data.ts";
import { tellDone, tellFailure } from "../../../shared/tell.ts";
import type { Channel } from "../../../shared/types.ts";
import { confirmTyped } from "../../../shared/ui/confirm-typed.tsx";
import { useRemoveCamera } from "../api/cameras.ts";

/** Says what is lost and what stays; first it has to be taken out of the alarm inputs that record it. */
export function RemoveCamera({ camera }: { readonly camera: Channel }): ReactElement {
  const { t } = useTranslation("cameras");
  const go = useNavigate();
  const remove = useRemoveCamera(camera.channel);
  const inputs = useInputs().data?.filter(({ recordChannels }) => recordChannels.includes(camera.channel)) ?? [];
  const days = Math.max(0, ...(useVolumes().data ?? []).map(({ keepDays }) => keepDays));
  const ask = () =>
    confirmTyped({
      title: t("remove.title", { name: camera.name }),
      says: `${t("remove.lost")} ${t("remove.stays", { count: days })}`,
      word: camera.name,
      confirm: t("remove.confirm"),
      onConfirm: () =>
        remove.mutate(undefined, {
          onSuccess: () => {
            tellDone(t("remove.done", { name: camera.name }));
            void go({ to: "/cameras/{-$channel}", params: { channel: undefined } });
          },
          onError: (error) => tellFailure(t("remove.failed"), error),
        }),
    });
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="camera-remove">
      <Stack gap="xs" align="flex-start">
        <Title order={2} id="camera-remove">
          {t("section.remove")}
        </Title>
        <Text size="sm">
          {t("remove.lost")} {t("remove.stays", { count: days })}
        </Text>
        {inputs.length > 0 && (
          <>
            <Text size="sm">{t("remove.used")}</Text>
            <List size="sm">
              {inputs.map(({ input, name }) => (
                <List.Item key={input}>
                  <Anchor component={Link} to={`/alarm-in/${input}`} size="sm">
                    {name}
                  </Anchor>
                </List.Item>
              ))}
            </List>
          </>
        )}
        <Button color="red" variant="light" onClick={ask} disabled={inputs.length > 0} loading={remove.isPending}>
          {t("remove.press")}
        </Button>
      </Stack>
    </Paper>
  );
}
