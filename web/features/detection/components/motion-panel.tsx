import { Button, Grid, Group, Text } from "@mantine/core";
import { IconRun } from "@tabler/icons-react";
import { useMemo, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { motionIn, ruleOf } from "../../../../src/domain/detection/motion-regions.ts";
import { detectionPoints } from "../../../../src/domain/detection/points.ts";
import { detectionRanges } from "../../../../src/domain/detection/settings.ts";
import { strengthsOf } from "../../../shared/cell-grid/paint.ts";
import { useWord } from "../../../shared/detection/detection-data.ts";
import { whoseNow } from "../../../shared/detection/own.ts";
import { useDetectionLook } from "../../../shared/detection/detection-live.ts";
import { changeInput, inputAt } from "../../../shared/detection/linked-inputs.ts";
import { EmptyState } from "../../../shared/ui/empty-state.tsx";
import { RangeField } from "../../../shared/ui/range-field.tsx";
import { Section } from "../../../shared/ui/section.tsx";
import {
  addRegion,
  changeRegion,
  changeSettings,
  isSaved,
  linkEvent,
  regionsOf,
  renameRegion,
  removeRegion,
} from "../model/draft.ts";
import { EventDoes } from "../../../shared/detection/event-does.tsx";
import { NoInput } from "./no-input.tsx";
import type { PanelProps } from "./panel.ts";
import { RegionBar } from "./region-bar.tsx";
import { RegionCanvas } from "./region-canvas.tsx";
import { RegionFields } from "./region-fields.tsx";
import { WhoLooks } from "../../../shared/detection/who-looks.tsx";
import { SeenNow } from "../../../shared/detection/seen-now.tsx";

/** Motion: up to four regions drawn on the live picture, each with its meter and its alarm input. */
export function MotionPanel({ channel, board, saved, draft, named, onDraft }: PanelProps): ReactElement {
  const { t } = useTranslation("detection");
  const word = useWord(channel.channel);
  const [wanted, setChosen] = useState(0);
  const regions = regionsOf(draft);
  const chosen = Math.max(0, Math.min(wanted, regions.length - 1));
  const region = regions[chosen];
  const look = useDetectionLook(channel.channel, board !== undefined && channel.enabled);
  const strengths = useMemo(() => (look === undefined ? undefined : strengthsOf(look.strength)), [look]);
  const motion =
    strengths === undefined || region === undefined
      ? undefined
      : motionIn(
          ruleOf(region),
          Uint8Array.from(strengths, (value) => value * 255),
        );
  const add = () => {
    onDraft(addRegion(draft, t("region.usual", { number: regions.length + 1 }), named));
    setChosen(regions.length);
  };
  if (region === undefined) {
    return (
      <EmptyState icon={IconRun} title={t("motion.empty.title")} says={t("motion.empty.says")}>
        <Button onClick={add}>{t("motion.empty.begin")}</Button>
      </EmptyState>
    );
  }
  const isTheCameras = saved.settings.own !== undefined && whoseNow(saved.settings, "motion", word) === "camera";
  const meterWords = board === undefined ? "meterAfter" : isTheCameras ? "meterCamera" : "meterNone";
  const point = detectionPoints.motion + chosen;
  const linked = inputAt(draft, point);
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, lg: 7 }}>
        <Section title={t("motion.where")} says={t("motion.whereSays")}>
          <RegionBar regions={regions} chosen={chosen} onChoose={setChosen} onAdd={add} />
          <RegionCanvas
            {...{ channel, regions, chosen, strengths }}
            onCells={(cells) => onDraft(changeRegion(draft, chosen, { cells }))}
          />
          {strengths === undefined && (
            <Text size="sm" c="dimmed">
              {t(`motion.${meterWords}`)}
            </Text>
          )}
        </Section>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 5 }}>
        <Section title={t("motion.what", { name: region.name })}>
          <Group>
            <SeenNow board={isSaved(saved, point) ? board : undefined} point={point} />
          </Group>
          <WhoLooks channel={channel.channel} thing="motion" {...{ saved, draft, onDraft }} />
          <RegionFields
            region={region}
            motion={motion}
            onName={(name) => onDraft(renameRegion(draft, chosen, name, named))}
            onChange={(part) => onDraft(changeRegion(draft, chosen, part))}
          />
          <RangeField
            label={t("motion.hold")}
            description={t("motion.holdSays")}
            suffix=" s"
            range={detectionRanges.holdS}
            value={draft.settings.motion?.holdS ?? 0}
            onChange={(holdS) => onDraft(changeSettings(draft, { motion: { regions, holdS } }))}
          />
          <Group gap="xs">
            <Button variant="subtle" color="red" size="compact-md" onClick={() => onDraft(removeRegion(draft, chosen))}>
              {t("region.remove")}
            </Button>
            {linked !== undefined && (
              <Text size="xs" c="dimmed">
                {t("region.removeSays")}
              </Text>
            )}
          </Group>
        </Section>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 7 }}>
        {linked === undefined ? (
          <NoInput onMake={() => onDraft(linkEvent(draft, { point, event: "motion", what: region.name }, named))} />
        ) : (
          <EventDoes linked={linked} onChange={(part) => onDraft(changeInput(draft, point, part))} />
        )}
      </Grid.Col>
    </Grid>
  );
}
