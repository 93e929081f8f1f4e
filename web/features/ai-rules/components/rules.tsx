import { Grid, Stack } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { TargetClass } from "../../../../src/domain/detection/objects.ts";
import type { DetectionRule } from "../../../../src/domain/detection/rules.ts";
import type { CameraDetection } from "../../../shared/detection/detection-data.ts";
import { useDetectionLook } from "../../../shared/detection/detection-live.ts";
import { EventDoes } from "../../../shared/detection/event-does.tsx";
import { changeInput, inputAt, type LinkedDraft } from "../../../shared/detection/linked-inputs.ts";
import { freeRule, ownRulesOf } from "../../../shared/detection/own.ts";
import { useLive } from "../../../shared/event-stream.ts";
import { contactNow } from "../../../shared/io/points.ts";
import type { Channel } from "../../../shared/types.ts";
import { Section } from "../../../shared/ui/section.tsx";
import { changeRule, pointOfRule, pointOfSmart, removeRule, ruleAt, rulesOf } from "../model/draft.ts";
import { newRule, shapeKindOf, shapeOf, withShape, type RuleKind } from "../model/rules.ts";
import { shapeProblem } from "../model/shape.ts";
import { CameraRules } from "./camera-rules.tsx";
import { PictureSection } from "./picture-section.tsx";
import { RuleFields } from "./rule-fields.tsx";
import { RuleList } from "./rule-list.tsx";
import { SmartSection } from "./smart-section.tsx";

interface RulesProps {
  readonly channel: Channel;
  readonly detected: CameraDetection;
  readonly saved: LinkedDraft;
  readonly draft: LinkedDraft;
  readonly onDraft: (draft: LinkedDraft) => void;
}

type Chosen = { readonly rule: number } | { readonly smart: TargetClass };

/** The picture with the rules on it, the list of them, and the chosen one with what it does. */
export function Rules({ channel, detected, saved, draft, onDraft }: RulesProps): ReactElement {
  const { t } = useTranslation("ai-rules");
  const { board, isSet } = detected;
  const rules = rulesOf(draft);
  const [wanted, setChosen] = useState<Chosen>();
  const [drawing, setDrawing] = useState<number>();
  const chosen: Chosen | undefined = wanted ?? (rules[0] === undefined ? undefined : { rule: rules[0].rule });
  const rule = chosen !== undefined && "rule" in chosen ? ruleAt(draft, chosen.rule) : undefined;
  const look = useDetectionLook(channel.channel, isSet && channel.enabled);
  const seeing = useSeeing(board, rulesOf(saved));
  const isDrawing = rule !== undefined && (drawing === rule.rule || shapeOf(rule).length < 2);

  const put = (next: DetectionRule): void => onDraft(changeRule(draft, next, channel));
  const add = (kind: RuleKind): void => {
    const number = freeRule(draft);
    if (number === undefined) return;
    put(newRule(kind, number, t("list.usual", { kind: t(`kind.${kind}.name`), number })));
    setChosen({ rule: number });
    setDrawing(number);
  };
  const ofCamera = chosen !== undefined && "rule" in chosen ? ownRulesOf(draft).find((one) => one.rule === chosen.rule) : undefined; // prettier-ignore
  const numbered = rule ?? ofCamera;
  const point = numbered !== undefined ? pointOfRule(numbered.rule) : chosen !== undefined && "smart" in chosen ? pointOfSmart(chosen.smart) : 0; // prettier-ignore
  const linked = inputAt(draft, point);
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, lg: 7 }}>
        <Stack gap="md">
          <PictureSection
            {...{ channel, rules, seeing, look, isDrawing, isSet }}
            chosen={rule}
            onRule={put}
            onDraw={() => {
              if (rule === undefined) return;
              put(withShape(rule, []));
              setDrawing(rule.rule);
            }}
            onDrawn={() => {
              if (rule !== undefined && shapeProblem(shapeOf(rule), shapeKindOf(rule)) !== "undrawn")
                setDrawing(undefined);
            }}
          />
          <Section title={t("list.title")} says={t("list.says")}>
            <RuleList
              {...{ rules, board }}
              chosen={rule?.rule}
              saved={new Set(rulesOf(saved).map((one) => one.rule))}
              onChoose={(number) => setChosen({ rule: number })}
              onRule={put}
              onRemove={(number) => onDraft(removeRule(draft, number))}
              onAdd={add}
            />
          </Section>
          <CameraRules
            {...{ camera: channel, board, draft, saved, onDraft }}
            chosen={ofCamera?.rule}
            onChoose={(number) => setChosen({ rule: number })}
          />
          <SmartSection
            {...{ camera: channel, board, draft, saved, onDraft }}
            onChoose={(smart) => setChosen({ smart })}
          />
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 5 }}>
        <Stack gap="md">
          {rule !== undefined && (
            <Section title={t("field.title", { name: rule.name })}>
              <RuleFields rule={rule} onRule={put} />
            </Section>
          )}
          {linked !== undefined && (
            <EventDoes linked={linked} onChange={(part) => onDraft(changeInput(draft, point, part))} />
          )}
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

/** The rules whose contacts are closed now. */
function useSeeing(board: number | undefined, rules: readonly DetectionRule[]): ReadonlySet<number> {
  const boards = useLive((state) => state.boards);
  if (board === undefined) return new Set();
  return new Set(
    rules.filter(({ rule }) => contactNow(boards, board, pointOfRule(rule)).level === "closed").map(({ rule }) => rule),
  );
}
