import { ActionIcon, Badge, Tooltip } from "@mantine/core";
import {
  IconArrowsMaximize,
  IconArrowsMinimize,
  IconCamera,
  IconGripVertical,
  IconObjectScan,
  IconPlayerRecord,
  IconPlayerStop,
  IconVolume,
  IconVolumeOff,
  IconX,
  type Icon,
} from "@tabler/icons-react";
import type { KeyboardEvent, PointerEvent, ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../../../shared/said.ts";
import { useMay } from "../../../shared/site-data.ts";
import type { Channel } from "../../../shared/types.ts";
import type { PlayerStatus } from "../../../shared/live-picture/player-status.ts";
import classes from "./live.module.css";
import { RecordingFor } from "./recording-for.tsx";

/** `enlarge` and `record` go back and stop, too; `take-out` takes it out of the arrangement. */
export type TileAct = "activate" | "enlarge" | "snapshot" | "record" | "sound" | "boxes" | "take-out";

interface TileBarProps {
  readonly channel: Channel;
  readonly recordingUntil: number | undefined;
  readonly onAct: (kind: TileAct) => void;
  readonly active: boolean;
  readonly enlarged: boolean;
  /** What the detector sees is drawn over it. */
  readonly boxes: boolean;
  /** H.265 is converted for this browser. */
  readonly converted: boolean;
  /** Why the main stream plays in the place of the sub stream. */
  readonly instead: string | undefined;
  readonly sound: PlayerStatus | undefined;
  readonly onDragStart: (event: PointerEvent<HTMLElement>) => void;
  readonly onMoveKey: (event: KeyboardEvent) => void;
}

/** The camera's name, always; what can be done with it, under the pointer or the keyboard's focus. */
export function TileBar(props: TileBarProps): ReactElement {
  const { channel, recordingUntil, active, enlarged, onAct } = props;
  const { t } = useTranslation("live");
  const mayRecord = useMay("control");
  const { name } = channel;
  const recording = recordingUntil !== undefined;
  const key = active ? 0 : -1;
  const sounding = props.sound !== undefined;
  const button = (label: string, icon: Icon, kind: TileAct, pressed?: boolean) => (
    <TileButton key={label} label={label} icon={icon} tabIndex={key} press={() => onAct(kind)} pressed={pressed} />
  );
  return (
    <div className={classes["foot"]}>
      <div className={classes["labels"]}>
        <span className={classes["name"]}>{name}</span>
        {recordingUntil !== undefined && <RecordingFor until={recordingUntil} />}
        {props.converted && (
          <Tooltip label={t("convertedSays")} multiline w={240}>
            <Badge size="sm" variant="filled" color="dark" tt="none">
              {t("converted")}
            </Badge>
          </Tooltip>
        )}
        {props.instead !== undefined && (
          <Tooltip label={t("insteadSays", { reason: said(props.instead) })} multiline w={240}>
            <Badge size="sm" variant="filled" color="dark" tt="none" tabIndex={key}>
              {t("instead")}
            </Badge>
          </Tooltip>
        )}
        {props.sound?.kind === "unplayable" && (
          <Badge size="sm" variant="filled" color="dark" tt="none">
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
        {button(t("snapshot"), IconCamera, "snapshot")}
        {mayRecord &&
          button(recording ? t("recordStop") : t("record"), recording ? IconPlayerStop : IconPlayerRecord, "record")}
        {channel.audio && button(t("sound"), sounding ? IconVolume : IconVolumeOff, "sound", sounding)}
        {button(t("boxes.one"), IconObjectScan, "boxes", props.boxes)}
        {!enlarged && button(t("takeOut"), IconX, "take-out")}
        {button(enlarged ? t("back") : t("enlarge"), enlarged ? IconArrowsMinimize : IconArrowsMaximize, "enlarge")}
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
