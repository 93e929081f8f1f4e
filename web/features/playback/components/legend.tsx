import { Button, Group, SegmentedControl, Select } from "@mantine/core";
import { IconUserSearch, IconZoomScan } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useInputNames } from "../api/edges.ts";
import type { BandKind } from "../model/bands.ts";
import { type Length, lengths } from "../model/view.ts";
import { patternOf } from "./timeline-patterns.tsx";

interface LegendProps {
  /** Only what the timeline has: a legend of what never comes is noise. */
  readonly kinds: ReadonlySet<BandKind>;
  readonly hidden: ReadonlySet<BandKind>;
  readonly onHidden: (hidden: ReadonlySet<BandKind>) => void;
  readonly length: Length | undefined;
  readonly onLength: (length: Length) => void;
  readonly input: number | undefined;
  readonly onInput: (input: number | undefined) => void;
  /** Somebody wants to find what moved in a part of the picture. */
  readonly onSearch: () => void;
  /** Somebody wants to find people and vehicles. */
  readonly onObjects: () => void;
}

const order: readonly BandKind[] = ["continuous", "motion", "alarm", "motion-alarm", "intelligent", "manual", "gap"];

/** What the colours mean, each to be left out; how much of the time is shown; and one input's events alone. */
export function Legend({
  kinds,
  hidden,
  onHidden,
  length,
  onLength,
  input,
  onInput,
  onSearch,
  onObjects,
}: LegendProps): ReactElement {
  const { t } = useTranslation("playback");
  const inputs = useInputNames();
  const press = (kind: BandKind): void =>
    onHidden(hidden.has(kind) ? new Set([...hidden].filter((one) => one !== kind)) : new Set([...hidden, kind]));
  return (
    <Group gap="sm" justify="space-between">
      <Group gap={4} role="group" aria-label={t("band.legend")}>
        {order
          .filter((kind) => kinds.has(kind))
          .map((kind) => (
            <Button
              key={kind}
              size="compact-md"
              variant="subtle"
              color="gray"
              fw={400}
              fz="xs"
              aria-pressed={!hidden.has(kind)}
              td={hidden.has(kind) ? "line-through" : "none"}
              onClick={() => press(kind)}
              leftSection={
                <svg width={20} height={12} aria-hidden opacity={hidden.has(kind) ? 0.25 : 1}>
                  <rect width={20} height={12} rx={2} fill={patternOf(kind)} />
                </svg>
              }
            >
              {t(`band.${kind}`)}
            </Button>
          ))}
      </Group>
      <Group gap="xs">
        <Button
          size="compact-md"
          variant="default"
          fz="xs"
          leftSection={<IconZoomScan size={16} aria-hidden />}
          onClick={onSearch}
        >
          {t("search.open")}
        </Button>
        <Button
          size="compact-md"
          variant="default"
          fz="xs"
          leftSection={<IconUserSearch size={16} aria-hidden />}
          onClick={onObjects}
        >
          {t("objects.open")}
        </Button>
        {inputs.length > 0 && (
          <Select
            w={190}
            size="xs"
            clearable
            aria-label={t("filter.input")}
            placeholder={t("filter.all")}
            data={inputs.map((one) => ({ value: String(one.input), label: one.name }))}
            value={input === undefined ? null : String(input)}
            onChange={(value) => onInput(value === null ? undefined : Number(value))}
          />
        )}
        <SegmentedControl
          size="xs"
          aria-label={t("zoom.label")}
          data={Object.keys(lengths).map((one) => ({ value: one, label: t(`zoom.${one as Length}`) }))}
          value={length ?? ""}
          onChange={(value) => onLength(value as Length)}
        />
      </Group>
    </Group>
  );
}
