import { Group, NumberInput, Stack, Switch, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { DetectionRule } from "../../../../src/domain/detection/rules.ts";
import { withSize, type FilterSize, type SizeFilter } from "../model/rules.ts";
import { fromPercent, percentOf } from "../model/shape.ts";

interface SizeFieldsProps {
  readonly rule: DetectionRule;
  readonly onRule: (rule: DetectionRule) => void;
}

/** As they begin, percent of the picture. */
const usual = { leastSize: { width: 5, height: 10 }, mostSize: { width: 50, height: 80 } } as const;

/** How large an object is at least and at most; the rectangles on the picture show it, and can be dragged. */
export function SizeFields({ rule, onRule }: SizeFieldsProps): ReactElement {
  const { t } = useTranslation("ai-rules");
  return (
    <Stack gap="xs">
      <div>
        <Text size="sm" fw={500}>
          {t("size.label")}
        </Text>
        <Text size="xs" c="dimmed">
          {t("size.says")}
        </Text>
      </div>
      <SizeField which="leastSize" rule={rule} onRule={onRule} />
      <SizeField which="mostSize" rule={rule} onRule={onRule} />
    </Stack>
  );
}

function SizeField({ which, rule, onRule }: SizeFieldsProps & { readonly which: SizeFilter }): ReactElement {
  const { t } = useTranslation("ai-rules");
  const size = rule[which];
  const put = (next: FilterSize | undefined): void => onRule(withSize(rule, which, next));
  const first = { width: fromPercent(usual[which].width), height: fromPercent(usual[which].height) };
  return (
    <div>
      <Switch
        label={t(`size.${which}`)}
        checked={size !== undefined}
        onChange={({ currentTarget }) => put(currentTarget.checked ? first : undefined)}
      />
      {size !== undefined && (
        <Group gap="sm" mt={6} grow>
          {(["width", "height"] as const).map((side) => (
            <NumberInput
              key={side}
              aria-label={t(`size.${side}Of`, { which: t(`size.${which}`) })}
              prefix={`${t(`size.${side}`)} `}
              suffix=" %"
              min={1}
              max={100}
              value={percentOf(size[side])}
              onChange={(value) => {
                if (typeof value === "number") put({ ...size, [side]: fromPercent(value) });
              }}
            />
          ))}
        </Group>
      )}
    </div>
  );
}
