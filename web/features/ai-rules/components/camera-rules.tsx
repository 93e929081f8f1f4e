import { Autocomplete, Button, Group, Stack, Text, TextInput, UnstyledButton } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { CameraRule } from "../../../../src/domain/detection/own-settings.ts";
import { useWord } from "../../../shared/detection/detection-data.ts";
import type { LinkedDraft } from "../../../shared/detection/linked-inputs.ts";
import { freeRule, ownRulesOf } from "../../../shared/detection/own.ts";
import { SeenNow } from "../../../shared/detection/seen-now.tsx";
import { Section } from "../../../shared/ui/section.tsx";
import { addCameraRule, pointOfRule, removeCameraRule, renameCameraRule, type Camera } from "../model/draft.ts";
import { RemoveRule } from "./remove-rule.tsx";

interface CameraRulesProps {
  readonly camera: Camera;
  readonly board: number | undefined;
  readonly draft: LinkedDraft;
  /** What is saved. */
  readonly saved: LinkedDraft;
  readonly chosen: number | undefined;
  readonly onDraft: (draft: LinkedDraft) => void;
  readonly onChoose: (rule: number) => void;
}

/** Rules that are drawn in the camera: each is a contact as those that are drawn here. Nothing where nobody listens. */
export function CameraRules(props: CameraRulesProps): ReactElement | null {
  const { camera, draft, onDraft, onChoose } = props;
  const { t } = useTranslation("ai-rules");
  const [said, setSaid] = useState("");
  const word = useWord(camera.channel);
  if (draft.settings.own === undefined) return null;
  const rules = ownRulesOf(draft);
  const free = freeRule(draft);
  const taken = new Set(rules.map((one) => one.said));
  const names = (word?.rules ?? []).map(({ name }) => name).filter((name) => !taken.has(name));
  const add = () => {
    if (free === undefined) return;
    onDraft(addCameraRule(draft, { rule: free, name: said.trim(), said: said.trim() }, camera));
    onChoose(free);
    setSaid("");
  };
  return (
    <Section title={t("own.title")} says={t("own.says")}>
      <Stack gap={4} component="ul" p={0} m={0} style={{ listStyle: "none" }} aria-label={t("own.title")}>
        {rules.map((rule) => (
          <Row key={rule.rule} {...props} rule={rule} />
        ))}
      </Stack>
      <Group align="flex-end" gap="xs">
        <Autocomplete
          flex="1 1 12rem"
          label={t("own.add")}
          description={t("own.addSays")}
          data={names}
          value={said}
          maxLength={100}
          onChange={setSaid}
        />
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={free === undefined || said.trim() === "" || taken.has(said.trim())}
          onClick={add}
        >
          {t("own.addIt")}
        </Button>
      </Group>
    </Section>
  );
}

function Row(props: CameraRulesProps & { readonly rule: CameraRule }): ReactElement {
  const { rule, camera, board, draft, saved, chosen, onDraft, onChoose } = props;
  const { t } = useTranslation("ai-rules");
  const isSaved = ownRulesOf(saved).some((one) => one.rule === rule.rule);
  const isChosen = chosen === rule.rule;
  return (
    <li>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <UnstyledButton flex={1} miw={0} aria-pressed={isChosen} onClick={() => onChoose(rule.rule)}>
          <Text fw={isChosen ? 700 : 500} truncate>
            {rule.name.trim() === "" ? t("list.unnamed") : rule.name}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {t("own.said", { name: rule.said })}
          </Text>
          <SeenNow board={isSaved ? board : undefined} point={pointOfRule(rule.rule)} />
        </UnstyledButton>
        <RemoveRule name={rule.name} onRemove={() => onDraft(removeCameraRule(draft, rule.rule))} />
      </Group>
      {isChosen && (
        <TextInput
          mt={4}
          label={t("field.name")}
          value={rule.name}
          maxLength={100}
          error={rule.name.trim() === "" ? t("problem.name") : undefined}
          onChange={({ currentTarget }) => onDraft(renameCameraRule(draft, rule.rule, currentTarget.value, camera))}
        />
      )}
    </li>
  );
}
