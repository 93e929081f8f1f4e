import { Button, FileButton, Group, Select, Text } from "@mantine/core";
import { useRef, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useChannels } from "../../../shared/site-data.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { Section } from "../../../shared/ui/section.tsx";
import { useTrial, type ModelRow } from "../api/models.ts";
import { TrialPicture } from "./trial-picture.tsx";

/** What a model sees in a picture; the detection of the cameras goes on meanwhile. */
export function TryOut({ models }: { readonly models: readonly ModelRow[] }): ReactElement {
  const { t } = useTranslation("models");
  const channels = useChannels().data ?? [];
  const able = models.filter(({ fault }) => fault === undefined);
  const [asked, setAsked] = useState<string>();
  const [camera, setCamera] = useState<string | null>(null);
  const trial = useTrial();
  const again = useRef<() => void>(null);
  const model = able.find((row) => row.model === asked) ?? able.find(({ chosen }) => chosen) ?? able[0];
  const run = (from: Blob | number) => {
    if (model !== undefined) trial.mutate({ model: model.model, from });
  };
  return (
    <Section title={t("try.title")} says={t("try.says")}>
      <Group gap="sm" align="flex-end">
        <Select
          label={t("try.model")}
          allowDeselect={false}
          value={model?.model ?? null}
          onChange={(value) => setAsked(value ?? undefined)}
          data={able.map((row) => ({ value: row.model, label: row.description.name ?? row.model }))}
        />
        <FileButton
          accept="image/*"
          resetRef={again}
          onChange={(file) => {
            // the same picture may be chosen again for another model
            again.current?.();
            if (file !== null) run(file);
          }}
        >
          {(props) => (
            <Button variant="default" loading={trial.isPending} disabled={model === undefined} {...props}>
              {t("try.file")}
            </Button>
          )}
        </FileButton>
        {channels.length > 0 && (
          <>
            <Select
              label={t("try.camera")}
              placeholder={t("try.choose")}
              value={camera}
              onChange={setCamera}
              data={channels.map(({ channel, name }) => ({ value: String(channel), label: name }))}
            />
            <Button
              variant="default"
              loading={trial.isPending}
              disabled={camera === null || model === undefined}
              onClick={() => run(Number(camera))}
            >
              {t("try.now")}
            </Button>
          </>
        )}
      </Group>
      {trial.isPending && (
        <Text size="sm" role="status">
          {t("try.running")}
        </Text>
      )}
      {trial.isError && <ErrorNote error={trial.error} />}
      {trial.isSuccess && <TrialPicture tried={trial.data} />}
    </Section>
  );
}
