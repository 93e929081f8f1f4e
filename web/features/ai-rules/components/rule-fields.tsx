import { Checkbox, Group, SegmentedControl, Slider, Text, TextInput } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { targetClasses } from "../../../../src/domain/detection/objects.ts";
import { surenessOf } from "../../../../src/domain/detection/rule-sureness.ts";
import type { DetectionRule } from "../../../../src/domain/detection/rules.ts";
import { RangeField } from "../../../shared/ui/range-field.tsx";
import { ruleKinds, sensitivityRange, stayRange, withKind } from "../model/rules.ts";
import { SizeFields } from "./size-fields.tsx";
import { Choice } from "./choice.tsx";

interface RuleFieldsProps {
  readonly rule: DetectionRule;
  readonly onRule: (rule: DetectionRule) => void;
}

/** What counts for one rule. */
export function RuleFields({ rule, onRule }: RuleFieldsProps): ReactElement {
  const { t } = useTranslation("ai-rules");
  return (
    <>
      <TextInput
        label={t("field.name")}
        value={rule.name}
        maxLength={100}
        error={rule.name.trim() === "" ? t("problem.name") : undefined}
        onChange={({ currentTarget }) => onRule({ ...rule, name: currentTarget.value })}
      />
      <Choice
        label={t("field.kind")}
        says={t(`kind.${rule.kind}.says`)}
        value={rule.kind}
        options={ruleKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}.name`) }))}
        onChange={(kind) => onRule(withKind(rule, kind))}
      />
      <KindFields rule={rule} onRule={onRule} />
      <Checkbox.Group
        label={t("field.targets")}
        value={[...rule.targets]}
        error={rule.targets.length === 0 ? t("problem.targets") : undefined}
        onChange={(ticked) => onRule({ ...rule, targets: targetClasses.filter((one) => ticked.includes(one)) })}
      >
        <Group mt={6}>
          {targetClasses.map((target) => (
            <Checkbox key={target} value={target} label={t(`target.${target}`)} />
          ))}
        </Group>
      </Checkbox.Group>
      <Sensitivity rule={rule} onRule={onRule} />
      <SizeFields rule={rule} onRule={onRule} />
    </>
  );
}

function KindFields({ rule, onRule }: RuleFieldsProps): ReactElement {
  const { t } = useTranslation("ai-rules");
  if (rule.kind === "tripwire")
    return (
      <Choice
        label={t("field.direction")}
        says={t("field.directionSays")}
        value={rule.direction}
        options={(["a-to-b", "b-to-a", "both"] as const).map((value) => ({ value, label: t(`direction.${value}`) }))}
        onChange={(direction) => onRule({ ...rule, direction })}
      />
    );
  if (rule.kind === "loitering")
    return (
      <RangeField
        label={t("field.stay")}
        description={t("field.staySays")}
        suffix=" s"
        range={stayRange}
        value={rule.stayS}
        onChange={(stayS) => onRule({ ...rule, stayS })}
      />
    );
  return (
    <>
      <Choice
        label={t("field.action")}
        says={t(`action.${rule.action}Says`)}
        value={rule.action}
        options={(["cross", "appear"] as const).map((value) => ({ value, label: t(`action.${value}`) }))}
        onChange={(action) => onRule({ ...rule, action })}
      />
      {rule.action === "cross" && (
        <SegmentedControl
          fullWidth
          aria-label={t("field.direction")}
          value={rule.direction}
          data={(["enter", "exit", "both"] as const).map((value) => ({ value, label: t(`direction.${value}`) }))}
          onChange={(direction) => onRule({ ...rule, direction })}
        />
      )}
    </>
  );
}

function Sensitivity({ rule, onRule }: RuleFieldsProps): ReactElement {
  const { t } = useTranslation("ai-rules");
  const [min, max] = sensitivityRange;
  const { confidence = 1, hits = 1 } = surenessOf[rule.sensitivity - 1] ?? {};
  return (
    <div>
      <Text size="sm" fw={500}>
        {t("field.sensitivity")}: {rule.sensitivity}
      </Text>
      <Text size="xs" c="dimmed" mb={6}>
        {t("field.sensitivitySays", { percent: Math.round(confidence * 100), count: hits })}
      </Text>
      <Slider
        {...{ min, max }}
        value={rule.sensitivity}
        onChange={(sensitivity) => onRule({ ...rule, sensitivity })}
        thumbLabel={t("field.sensitivity")}
      />
    </div>
  );
}
