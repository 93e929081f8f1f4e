import { useCallback, type CSSProperties, type KeyboardEvent, type ReactElement } from "react";
import type { Channel } from "../../../shared/types.ts";
import { useRecordNow, useRecordingByHand, useSnapshot } from "../api/camera-actions.ts";
import { usePlaceDrag } from "../api/place-drag.ts";
import { useStable } from "../api/stable.ts";
import { beside, choose, pageOf, sizeOf, swap, type Arrangement, type Direction } from "../model/arrangement.ts";
import { showsBoxes, type ShownBoxes } from "../model/boxes.ts";
import { EmptyPlace } from "./empty-place.tsx";
import { LiveTile } from "./live-tile.tsx";
import classes from "./live.module.css";
import type { TileAct } from "./tile-bar.tsx";

export interface LiveGridProps {
  readonly channels: readonly Channel[];
  readonly arrangement: Arrangement;
  readonly page: number;
  /** Place on this page that the keys speak of. */
  readonly active: number;
  readonly enlarged: number | undefined;
  readonly sounding: number | undefined;
  /** What the detector sees is drawn over the pictures. */
  readonly boxes: ShownBoxes;
  readonly onActive: (place: number) => void;
  readonly onEnlarge: (channel: number | undefined) => void;
  readonly onSound: (channel: number | undefined) => void;
  /** Of one camera: the other way round. */
  readonly onBoxes: (channel: number) => void;
  readonly onArrange: (next: Arrangement) => void;
}

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

/** One page of places. */
export function LiveGrid(props: LiveGridProps): ReactElement {
  const { arrangement, page, channels, enlarged, onArrange } = props;
  const size = sizeOf(arrangement);
  const first = page * size;
  const recording = useRecordingByHand();
  const snapshot = useSnapshot();
  const record = useRecordNow();
  const drop = useCallback(
    (from: number, to: number) => onArrange(swap(arrangement, first + from, first + to)),
    [arrangement, first, onArrange],
  );
  const drag = usePlaceDrag(drop);
  const moveByKey = (place: number, event: KeyboardEvent): void => {
    const direction = directions[event.key];
    const to = direction === undefined ? undefined : beside(size, place, direction);
    if (direction === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (to === undefined) return;
    props.onActive(to);
    drop(place, to);
  };
  const act = (kind: TileAct, channel: Channel, place: number): void => {
    const { channel: number } = channel;
    if (kind === "activate") props.onActive(place);
    else if (kind === "enlarge") props.onEnlarge(enlarged === number ? undefined : number);
    else if (kind === "snapshot") snapshot.mutate(channel);
    else if (kind === "record") record.mutate({ channel: number, stop: recording.has(number) });
    else if (kind === "sound") props.onSound(props.sounding === number ? undefined : number);
    else if (kind === "boxes") props.onBoxes(number);
    else onArrange(choose(arrangement, first + place, 0));
  };
  // the tiles are drawn again only when something of theirs changes
  const onAct = useStable(act);
  const onMoveKey = useStable(moveByKey);
  return (
    <div
      className={classes["grid"]}
      style={{ "--side": Math.sqrt(size) } as CSSProperties}
      data-size={size}
      data-enlarged={enlarged !== undefined || undefined}
    >
      {pageOf(arrangement, page).map((number, place) => {
        const channel = channels.find((one) => one.channel === number);
        if (channel === undefined) {
          return (
            <EmptyPlace
              key={`place ${place}`}
              place={place}
              hidden={enlarged !== undefined}
              dropTarget={drag.over === place}
              channels={channels}
              onChoose={(chosen) => onArrange(choose(arrangement, first + place, chosen))}
            />
          );
        }
        return (
          <LiveTile
            key={number}
            channel={channel}
            place={place}
            active={props.active === place}
            enlarged={enlarged === number}
            hidden={enlarged !== undefined && enlarged !== number}
            dropTarget={drag.over === place}
            boxes={showsBoxes(props.boxes, number)}
            sounding={props.sounding === number}
            recordingUntil={recording.get(number)}
            onAct={onAct}
            onDragStart={drag.start}
            onMoveKey={onMoveKey}
          />
        );
      })}
    </div>
  );
}
