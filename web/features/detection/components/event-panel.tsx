import { Grid, Group, Slider, Switch, Text } from "@mantine/core";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { detectionPoints } from "../../../../src/domain/detection/points.ts";
import { LivePicture } from "../../../shared/live-picture/live-picture.tsx";
import { Section } from "../../../shared/ui/section.tsx";
import { changeInput, inputAt } from "../../../shared/detection/linked-inputs.ts";
import { isOn, isSaved, linkEvent, switchEvent, type SingleEvent } from "../model/draft.ts";
import { EventDoes } from "../../../shared/detection/event-does.tsx";
import { Caption } from "./caption.tsx";
import { NoInput } from "./no-input.tsx";
import type { PanelProps } from "./panel.ts";
import { WhoLooks } from "../../../shared/detection/who-looks.tsx";
import { SeenNow } from "../../../shared/detection/seen-now.tsx";

interface EventPanelProps extends PanelProps {
  readonly event: SingleEvent;
  /** What can be set of it while it is on. */
  readonly children?: ReactNode;
}

/** An event that is on or off, what it sees now, and what it does. */
export function EventPanel(props: EventPanelProps): ReactElement {
  const { channel, board, saved, draft, named, event, onDraft, children } = props;
  const { t } = useTranslation("detection");
  const point = detectionPoints[event];
  const on = isOn(draft, event);
  const linked = inputAt(draft, point);
  const gone = inputAt(saved, point);
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, lg: 6 }}>
        <Section title={t(`event.${event}.name`)} says={t(`event.${event}.says`)}>
          <Switch
            label={t("watch")}
            aria-label={t("watchFor", { name: t(`event.${event}.name`) })}
            checked={on}
            onChange={({ currentTarget }) =>
              onDraft(switchEvent(draft, event, currentTarget.checked, { named, saved }))
            }
          />
          {on && (
            <Group>
              <SeenNow board={isSaved(saved, point) ? board : undefined} point={point} />
            </Group>
          )}
          {on && <WhoLooks channel={channel.channel} thing={event} {...{ saved, draft, onDraft }} />}
          {on && children}
          {(event === "tamper" || event === "sceneChange") && <LivePicture channel={channel} />}
          {!on && gone !== undefined && (
            <Text size="sm" c="orange.8">
              {t("inputGoes", { name: gone.settings.name })}
            </Text>
          )}
        </Section>
      </Grid.Col>
      {on && (
        <Grid.Col span={{ base: 12, lg: 6 }}>
          {linked === undefined ? (
            <NoInput onMake={() => onDraft(linkEvent(draft, { point, event, what: named.nameOf(event) }, named))} />
          ) : (
            <EventDoes linked={linked} onChange={(part) => onDraft(changeInput(draft, point, part))} />
          )}
        </Grid.Col>
      )}
    </Grid>
  );
}

interface LevelSliderProps {
  readonly label: string;
  readonly says: string;
  readonly range: readonly [number, number];
  readonly value: number;
  readonly onChange: (value: number) => void;
}

/** A number from little to much, with what it means. */
export function LevelSlider({ label, says, range: [min, max], value, onChange }: LevelSliderProps): ReactElement {
  const marks =
    max - min < 10
      ? Array.from({ length: max - min + 1 }, (_, at) => ({ value: min + at, label: String(min + at) }))
      : [];
  return (
    <div>
      <Caption label={label} says={says} />
      <Slider {...{ min, max, value, onChange, marks }} thumbLabel={label} mb={marks.length > 0 ? "lg" : 0} />
      {marks.length === 0 && (
        <Text size="sm" mt={6}>
          {value}
        </Text>
      )}
    </div>
  );
}
