import { ActionIcon, Badge, Tooltip } from "@mantine/core";
import {
  IconArrowsMaximize,
  IconArrowsMinimize,
  IconCamera,
  IconGripVertical,
  IconPlayerRecord,
  IconPlayerStop,
  IconVolume,
  IconVolumeOff,
  IconX,
  type Icon,
} from "@tabler/icons-react";
import type { KeyboardEvent, PointerEvent, ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../../shared/site-data.ts";
import type { Channel } from "../../../shared/types.ts";
import type { PlayerStatus } from "../model/player-status.ts";
import classes from "./live.module.css";
import { RecordingFor } from "./recording-for.tsx";

export interface TileActions {
  /** Its sound is on. */
  readonly sounding: boolean;
  /** Recorded by hand until then, milliseconds since 1970. */
  readonly recordingUntil: number | undefined;
  readonly activate: () => void;
  /** Enlarges, or goes back. */
  readonly enlarge: () => void;
  readonly snapshot: () => void;
  /** Begins to record, or stops. */
  readonly record: () => void;
  readonly sound: () => void;
  /** Takes it out of the arrangement. */
  readonly takeOut: () => void;
}

interface TileBarProps {
  readonly channel: Channel;
  readonly actions: TileActions;
  readonly active: boolean;
  readonly enlarged: boolean;
  /** H.265 is converted for this browser. */
  readonly converted: boolean;
  readonly sound: PlayerStatus | undefined;
  readonly onDragStart: (event: PointerEvent<HTMLElement>) => void;
  readonly onMoveKey: (event: KeyboardEvent) => void;
}

/** The camera's name, always; what can be done with it, under the pointer or the keyboard's focus. */
export function TileBar(props: TileBarProps): ReactElement {
  const { channel, actions, active, enlarged } = props;
  const { t } = useTranslation("live");
  const mayRecord = useMay("control");
  const { name } = channel;
  const recording = actions.recordingUntil !== undefined;
  const key = active ? 0 : -1;
  const button = (label: string, icon: Icon, press: () => void, pressed?: boolean) => (
    <TileButton key={label} label={label} icon={icon} tabIndex={key} press={press} pressed={pressed} />
  );
  return (
    <div className={classes["foot"]}>
      <div className={classes["labels"]}>
        <span className={classes["name"]}>{name}</span>
        {actions.recordingUntil !== undefined && <RecordingFor until={actions.recordingUntil} />}
        {props.converted && (
          <Tooltip label={t("convertedSays")} multiline w={240}>
            <Badge size="sm" variant="filled" color="dark">
              {t("converted")}
            </Badge>
          </Tooltip>
        )}
        {props.sound?.kind === "unplayable" && (
          <Badge size="sm" variant="filled" color="dark">
            {t("noSound")}
          </Badge>
        )}
      </div>
      <div className={classes["bar"]} role="toolbar" aria-label={t("actionsOf", { name })} onDoubleClick={stop}>
        {!enlarged && (
          <ActionIcon
            className={classes["grip"] ?? ""}
            variant="transparent"
            c="white"
            tabIndex={key}
            aria-label={t("move", { name })}
            onPointerDown={props.onDragStart}
            onKeyDown={props.onMoveKey}
          >
            <IconGripVertical size={18} aria-hidden />
          </ActionIcon>
        )}
        {button(t("snapshot"), IconCamera, actions.snapshot)}
        {mayRecord &&
          button(
            recording ? t("recordStop") : t("record"),
            recording ? IconPlayerStop : IconPlayerRecord,
            actions.record,
          )}
        {channel.audio &&
          button(t("sound"), actions.sounding ? IconVolume : IconVolumeOff, actions.sound, actions.sounding)}
        {!enlarged && button(t("takeOut"), IconX, actions.takeOut)}
        {button(
          enlarged ? t("back") : t("enlarge"),
          enlarged ? IconArrowsMinimize : IconArrowsMaximize,
          actions.enlarge,
        )}
      </div>
    </div>
  );
}

const stop = (event: { stopPropagation(): void }): void => event.stopPropagation();

interface TileButtonProps {
  readonly label: string;
  readonly icon: Icon;
  readonly tabIndex: number;
  readonly press: () => void;
  readonly pressed: boolean | undefined;
}

function TileButton({ label, icon: Icon, tabIndex, press, pressed }: TileButtonProps): ReactElement {
  return (
    <Tooltip label={label} withinPortal={false}>
      <ActionIcon
        variant="transparent"
        c="white"
        tabIndex={tabIndex}
        aria-label={label}
        aria-pressed={pressed}
        onClick={press}
        onPointerDown={stop}
      >
        <Icon size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
