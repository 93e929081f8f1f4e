import { Button, Group, Menu, Stack, Switch, Text, UnstyledButton } from "@mantine/core";
import { IconArrowsSplit2, IconClock, IconPlus, IconPolygon } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { mostRules, type DetectionRule } from "../../../../src/domain/detection/rules.ts";
import { SeenNow } from "../../../shared/detection/seen-now.tsx";
import { pointOfRule } from "../model/draft.ts";
import { ruleKinds, ruleProblem, type RuleKind } from "../model/rules.ts";
import { RemoveRule } from "./remove-rule.tsx";
import classes from "./rule-list.module.css";

export const kindIcons = { tripwire: IconArrowsSplit2, intrusion: IconPolygon, loitering: IconClock } as const;

interface RuleListProps {
  readonly rules: readonly DetectionRule[];
  readonly chosen: number | undefined;
  /** Of what is saved; undefined where nothing is. */
  readonly board: number | undefined;
  /** Rules that are saved. */
  readonly saved: ReadonlySet<number>;
  readonly onChoose: (rule: number) => void;
  readonly onRule: (rule: DetectionRule) => void;
  readonly onRemove: (rule: number) => void;
  readonly onAdd: (kind: RuleKind) => void;
}

/** The camera's rules: what each is, whether it sees something now, on or off. */
export function RuleList(props: RuleListProps): ReactElement {
  const { rules, onAdd } = props;
  const { t } = useTranslation("ai-rules");
  return (
    <Stack gap="xs">
      <Stack gap={4} component="ul" p={0} m={0} style={{ listStyle: "none" }} aria-label={t("list.label")}>
        {rules.map((rule) => (
          <Row key={rule.rule} {...props} rule={rule} />
        ))}
      </Stack>
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="dimmed">
          {t("list.count", { count: rules.length, most: mostRules })}
        </Text>
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <Button
              variant="default"
              leftSection={<IconPlus size={16} aria-hidden />}
              disabled={rules.length >= mostRules}
            >
              {t("list.add")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <AddItems onAdd={onAdd} />
          </Menu.Dropdown>
        </Menu>
      </Group>
    </Stack>
  );
}

/** The kinds of rules there are, with what each is for. */
function AddItems({ onAdd }: Pick<RuleListProps, "onAdd">): ReactElement {
  const { t } = useTranslation("ai-rules");
  return (
    <>
      {ruleKinds.map((kind) => {
        const Icon = kindIcons[kind];
        return (
          <Menu.Item key={kind} leftSection={<Icon size={18} aria-hidden />} onClick={() => onAdd(kind)}>
            {t(`kind.${kind}.name`)}
            <Text size="xs" c="dimmed">
              {t(`kind.${kind}.says`)}
            </Text>
          </Menu.Item>
        );
      })}
    </>
  );
}

function Row(props: RuleListProps & { readonly rule: DetectionRule }): ReactElement {
  const { rule, chosen, board, saved, onChoose, onRule, onRemove } = props;
  const { t } = useTranslation("ai-rules");
  const Icon = kindIcons[rule.kind];
  const problem = ruleProblem(rule);
  const targets = rule.targets.map((target) => t(`target.${target}`)).join(", ");
  return (
    <li>
      <Group className={classes["row"]} data-chosen={chosen === rule.rule || undefined} gap="xs" wrap="nowrap">
        <UnstyledButton
          className={classes["choose"]}
          aria-pressed={chosen === rule.rule}
          onClick={() => onChoose(rule.rule)}
        >
          <Group gap="sm" wrap="nowrap">
            <Icon size={20} aria-hidden style={{ flexShrink: 0 }} />
            <div style={{ minWidth: 0 }}>
              <Text fw={500} truncate>
                {rule.name === "" ? t("list.unnamed") : rule.name}
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {t(`kind.${rule.kind}.name`)} · {targets === "" ? "–" : targets}
              </Text>
              {problem === undefined ? (
                rule.enabled && (
                  <SeenNow board={saved.has(rule.rule) ? board : undefined} point={pointOfRule(rule.rule)} />
                )
              ) : (
                <Text size="xs" c="red">
                  {t(`problem.${problem}`, { name: rule.name })}
                </Text>
              )}
            </div>
          </Group>
        </UnstyledButton>
        <Switch
          aria-label={t("list.on", { name: rule.name })}
          checked={rule.enabled}
          onChange={({ currentTarget }) => onRule({ ...rule, enabled: currentTarget.checked })}
        />
        <RemoveRule name={rule.name} onRemove={() => onRemove(rule.rule)} />
      </Group>
    </li>
  );
}
