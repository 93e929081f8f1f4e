import { Skeleton } from "@mantine/core";
import {
  lazy,
  memo,
  Suspense,
  useCallback,
  useState,
  type KeyboardEvent,
  type PointerEvent,
  type ReactElement,
} from "react";
import { useTranslation } from "react-i18next";
import { useLink } from "../../../shared/event-stream.ts";
import type { Channel } from "../../../shared/types.ts";
import { useCameraBrief } from "../../../shared/live-picture/camera-brief.ts";
import { usePageVisible } from "../../../shared/live-picture/page-visible.ts";
import { PicturesUnder } from "../../../shared/live-picture/pictures-under.ts";
import { stopped, type PlayerStatus } from "../../../shared/live-picture/player-status.ts";
import type { ShownPictures } from "../../../shared/live-picture/shown-pictures.ts";
import { tileWords } from "../../../shared/live-picture/tile-words.ts";
import { LiveAudio } from "./live-audio.tsx";
import { LiveVideo } from "../../../shared/live-picture/live-video.tsx";
import classes from "./live.module.css";
import { TileBar, type TileAct } from "./tile-bar.tsx";
import { TileNote } from "./tile-note.tsx";

/** Only those who ask for it load it. */
const TileObjects = lazy(() => import("./tile-objects.tsx"));

export interface LiveTileProps {
  readonly channel: Channel;
  readonly place: number;
  /** The one that the keys speak of. */
  readonly active: boolean;
  readonly enlarged: boolean;
  /** Another one is enlarged. */
  readonly hidden: boolean;
  readonly dropTarget: boolean;
  /** What the detector sees is drawn over it. */
  readonly boxes: boolean;
  /** Its sound is on. */
  readonly sounding: boolean;
  /** Recorded by hand until then, milliseconds since 1970. */
  readonly recordingUntil: number | undefined;
  readonly onAct: (kind: TileAct, channel: Channel, place: number) => void;
  readonly onDragStart: (place: number, event: PointerEvent<HTMLElement>) => void;
  readonly onMoveKey: (place: number, event: KeyboardEvent) => void;
}

/** One camera: the sub stream in the grid, the main stream over it once that plays enlarged. */
export const LiveTile = memo(function LiveTile(props: LiveTileProps): ReactElement {
  const { channel, place, active, enlarged, hidden, sounding, onAct, onDragStart } = props;
  const camera = useCameraBrief(channel.channel);
  const act = (kind: TileAct): void => onAct(kind, channel, place);
  const { t } = useTranslation("live");
  const online = useLink() !== "offline";
  const [ratio, setRatio] = useState(16 / 9);
  const pageVisible = usePageVisible();
  const [small, setSmall] = useState<PlayerStatus>(stopped);
  const [large, setLarge] = useState<PlayerStatus>(stopped);
  const [smallPictures, setSmallPictures] = useState<ShownPictures>();
  const [largePictures, setLargePictures] = useState<ShownPictures>();
  const [sound, setSound] = useState<PlayerStatus>(stopped);
  const gridStream = channel.subUrl === undefined ? "main" : "sub";
  const over = enlarged && gridStream === "sub";
  const isLarge = over && large.kind === "playing";
  const player = isLarge ? large : small;
  const words = tileWords({ enabled: channel.enabled, camera, player, online });
  const visible = pageVisible && !hidden && channel.enabled;
  const largeStatus = useCallback((status: PlayerStatus) => setLarge(status), []);
  return (
    <div
      className={classes["tile"]}
      role="group"
      aria-label={channel.name}
      tabIndex={active ? 0 : -1}
      data-place={place}
      data-channel={channel.channel}
      data-drop={props.dropTarget || undefined}
      data-enlarged={enlarged || undefined}
      hidden={hidden}
      onFocus={() => act("activate")}
      onDoubleClick={() => act("enlarge")}
      onPointerDown={(event) => {
        if (event.pointerType === "mouse" && !enlarged) onDragStart(place, event);
      }}
    >
      <LiveVideo
        channel={channel.channel}
        stream={gridStream}
        visible={visible && !isLarge}
        received={camera?.state === "live"}
        label={t("picture", { name: channel.name })}
        onStatus={setSmall}
        onRatio={setRatio}
        onPictures={setSmallPictures}
      />
      {over && (
        <LiveVideo
          channel={channel.channel}
          stream="main"
          visible={visible}
          received={camera?.state === "live"}
          label={t("pictureMain", { name: channel.name })}
          onStatus={largeStatus}
          onPictures={setLargePictures}
        />
      )}
      {props.boxes && (
        <PicturesUnder value={isLarge ? largePictures : smallPictures}>
          <Suspense>
            <TileObjects channel={channel.channel} visible={visible} ratio={ratio} />
          </Suspense>
        </PicturesUnder>
      )}
      {sounding && <LiveAudio channel={channel.channel} onStatus={setSound} />}
      {words.kind === "loading" && <Skeleton className={classes["cover"] ?? ""} radius={0} />}
      {words.kind === "says" && <TileNote channel={channel} words={words} />}
      <TileBar
        channel={channel}
        recordingUntil={props.recordingUntil}
        onAct={act}
        active={active}
        enlarged={enlarged}
        boxes={props.boxes}
        converted={player.kind === "playing" && player.converted}
        instead={player.kind === "playing" ? player.instead : undefined}
        sound={sounding ? sound : undefined}
        onDragStart={(event) => onDragStart(place, event)}
        onMoveKey={(event) => props.onMoveKey(place, event)}
      />
    </div>
  );
});
