import { Group, Stack, Switch, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { targetClasses, type TargetClass } from "../../../../src/domain/detection/objects.ts";
import { smartSensitivities } from "../../../../src/domain/detection/settings.ts";
import type { LinkedDraft } from "../../../shared/detection/linked-inputs.ts";
import { SeenNow } from "../../../shared/detection/seen-now.tsx";
import { WhoLooks } from "../../../shared/detection/who-looks.tsx";
import { Section } from "../../../shared/ui/section.tsx";
import { isSmart, pointOfSmart, switchSmart, withSmartSensitivity, type Camera } from "../model/draft.ts";
import { Choice } from "./choice.tsx";

interface SmartSectionProps {
  readonly camera: Camera;
  readonly board: number | undefined;
  readonly draft: LinkedDraft;
  /** What is saved. */
  readonly saved: LinkedDraft;
  readonly onDraft: (draft: LinkedDraft) => void;
  /** Shows what it does. */
  readonly onChoose: (target: TargetClass) => void;
}

/** SMD: motion counts where a person or a vehicle moves, anywhere in the picture. */
export function SmartSection({ camera, board, draft, saved, onDraft, onChoose }: SmartSectionProps): ReactElement {
  const { t } = useTranslation("ai-rules");
  const { smart } = draft.settings;
  return (
    <Section title={t("smart.title")} says={t("smart.says")}>
      <Stack gap="xs">
        {targetClasses.map((target) => (
          <Group key={target} gap="sm" justify="space-between">
            <Switch
              label={t(`smart.${target}`)}
              checked={isSmart(draft, target)}
              onChange={({ currentTarget: { checked } }) => {
                onDraft(switchSmart(draft, target, checked, { camera, what: t(`smart.${target}`), saved }));
                if (checked) onChoose(target);
              }}
            />
            {isSmart(draft, target) && (
              <SeenNow board={isSmart(saved, target) ? board : undefined} point={pointOfSmart(target)} />
            )}
          </Group>
        ))}
      </Stack>
      {targetClasses
        .filter((target) => isSmart(draft, target))
        .map((target) => (
          <WhoLooks
            key={target}
            {...{ channel: camera.channel, thing: target, saved, draft, onDraft }}
            label={t("own.who", { target: t(`target.${target}`) })}
          />
        ))}
      {smart !== undefined && (
        <Choice
          label={t("smart.sensitivity")}
          says={t("smart.sensitivitySays")}
          value={smart.sensitivity}
          options={smartSensitivities.map((value) => ({ value, label: t(`smart.${value}`) }))}
          onChange={(sensitivity) => onDraft(withSmartSensitivity(draft, sensitivity))}
        />
      )}
      {smart === undefined && (
        <Text size="sm" c="dimmed">
          {t("smart.off")}
        </Text>
      )}
    </Section>
  );
}
