import { Button, Group, Text } from "@mantine/core";
import { IconCheck, IconPencil } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { mostVertices, type DetectionRule } from "../../../../src/domain/detection/rules.ts";
import type { DetectionLook } from "../../../../src/messages/detection.ts";
import type { Channel } from "../../../shared/types.ts";
import { Section } from "../../../shared/ui/section.tsx";
import { shapeKindOf, shapeOf } from "../model/rules.ts";
import { leastVertices, shapeProblem } from "../model/shape.ts";
import { RuleCanvas } from "./rule-canvas.tsx";

interface PictureSectionProps {
  readonly channel: Channel;
  readonly rules: readonly DetectionRule[];
  readonly chosen: DetectionRule | undefined;
  readonly seeing: ReadonlySet<number>;
  readonly look: DetectionLook | undefined;
  /** Something is watched for at all. */
  readonly isSet: boolean;
  readonly isDrawing: boolean;
  readonly onRule: (rule: DetectionRule) => void;
  readonly onDraw: () => void;
  readonly onDrawn: () => void;
}

/** The picture, what to do on it, and what the detector sees. */
export function PictureSection(props: PictureSectionProps): ReactElement {
  const { chosen, look, isSet, isDrawing, onDraw, onDrawn } = props;
  const { t } = useTranslation("ai-rules");
  const kind = chosen === undefined ? undefined : shapeKindOf(chosen);
  const points = chosen === undefined ? 0 : shapeOf(chosen).length;
  const crosses = chosen !== undefined && shapeProblem(shapeOf(chosen), shapeKindOf(chosen)) === "crosses";
  return (
    <Section title={t("picture.title")} says={t("picture.says")}>
      <RuleCanvas {...props} />
      {chosen !== undefined && kind !== undefined && (
        <Group justify="space-between" gap="xs">
          <Text size="sm" c={crosses ? "red" : "dimmed"} role="status" flex="1 1 14rem">
            {crosses
              ? t("problem.crosses", { name: chosen.name })
              : t(isDrawing ? `draw.how.${kind}` : "draw.change", { most: mostVertices })}
          </Text>
          {isDrawing ? (
            <Button
              leftSection={<IconCheck size={16} aria-hidden />}
              disabled={points < leastVertices[kind]}
              onClick={onDrawn}
            >
              {t("draw.end")}
            </Button>
          ) : (
            <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={onDraw}>
              {t("draw.anew")}
            </Button>
          )}
        </Group>
      )}
      <Text size="sm" c="dimmed" data-looked={look !== undefined}>
        {look === undefined
          ? t(isSet ? "picture.notLooked" : "picture.notApplied")
          : t("picture.objects", { count: look.objects.length })}
      </Text>
    </Section>
  );
}
