import { Button, Group, SimpleGrid, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api-client.ts";
import type { Channel } from "../types.ts";
import { ErrorNote } from "../ui/error-note.tsx";
import { channelBodyOf, emptyDraft, nextVariant, problemOf, sameCamera, testBodyOf } from "./camera-draft.ts";
import { CameraFields } from "./camera-fields.tsx";
import { TestPanel } from "./test-panel.tsx";
import { useCameraTest } from "./use-camera-test.ts";

interface CameraFormProps {
  /** The camera was added. */
  readonly onSaved: (channel: Channel) => void;
  readonly onCancel?: () => void;
}

/** A new camera: by make or by URL, tested with its picture, then saved. Used by Cameras and by the first start. */
export function CameraForm({ onSaved, onCancel }: CameraFormProps): ReactElement {
  const { t } = useTranslation(["camera-form", "common"]);
  const queries = useQueryClient();
  const [draft, setDraft] = useState(emptyDraft);
  const [tested, setTested] = useState(emptyDraft);
  const [tried, setTried] = useState(false);
  const testing = useCameraTest();
  const save = useMutation({
    mutationFn: () => api.post<Channel>("channels", channelBodyOf(draft)),
    onSuccess: async (channel) => {
      await queries.invalidateQueries({ queryKey: ["channels"] });
      onSaved(channel);
    },
  });
  const problem = problemOf(draft);
  const good = testing.test?.state === "done" && sameCamera(draft, tested);
  const runTest = (wanted = draft, anyway = false) => {
    setTried(true);
    if (problemOf(wanted) !== undefined) return;
    setTested(wanted);
    testing.begin(testBodyOf(wanted, anyway));
  };
  const onSave = () => {
    setTried(true);
    if (problem === undefined) save.mutate();
  };
  const older = nextVariant(draft);
  const tryOlder = () => {
    const next = { ...draft, variant: older ?? 0 };
    setDraft(next);
    runTest(next);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (good) onSave();
        else runTest();
      }}
      noValidate
    >
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg" verticalSpacing="md">
        <Stack gap="md">
          <CameraFields
            draft={draft}
            onChange={(part) => setDraft((before) => ({ ...before, ...part }))}
            problem={tried ? problem : undefined}
          />
          {save.error !== null && <ErrorNote error={save.error} />}
          <Group gap="xs">
            <Button
              type={good ? "button" : "submit"}
              variant={good ? "default" : "filled"}
              loading={testing.running}
              onClick={good ? () => runTest() : undefined}
            >
              {good ? t("testAgain") : t("testIt")}
            </Button>
            <Button
              type={good ? "submit" : "button"}
              variant={good ? "filled" : "default"}
              loading={save.isPending}
              onClick={good ? undefined : onSave}
            >
              {good ? t("save") : t("saveUntested")}
            </Button>
            {onCancel !== undefined && (
              <Button variant="subtle" color="gray" onClick={onCancel}>
                {t("common:cancel")}
              </Button>
            )}
          </Group>
        </Stack>
        <TestPanel
          testing={testing}
          onAnyway={() => runTest(draft, true)}
          onOtherPath={older === undefined ? undefined : tryOlder}
        />
      </SimpleGrid>
    </form>
  );
}
