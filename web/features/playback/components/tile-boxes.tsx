import { useEffect, useRef, useState, type ReactElement } from "react";
import { DrawnBoxes, type DrawnBox } from "../../../shared/detection/drawn-boxes.tsx";
import { useObjectName } from "../../../shared/detection/object-name.ts";
import type { Trail } from "../../../shared/detection/trails.ts";
import { boxesAt, trailsAt, type Way } from "../../../shared/detection/ways.ts";
import { watchShown } from "../../../shared/live-picture/shown-pictures.ts";
import { useWays } from "../api/ways.ts";
import type { Session } from "../player/session.ts";
import { usePosition, useSessionState } from "../player/use-session.ts";

interface TileBoxesProps {
  readonly session: Session;
  readonly channel: number;
  readonly video: HTMLVideoElement;
}

interface Drawn {
  readonly boxes: readonly Omit<DrawnBox, "text">[];
  readonly trails: readonly Trail[];
  readonly ratio: number;
}

const nothing: Drawn = { boxes: [], trails: [], ratio: 16 / 9 };

/** Who was where in the picture that is shown, at its own time: also step by step, backwards and at any speed. */
export default function TileBoxes({ session, channel, video }: TileBoxesProps): ReactElement {
  const nameOf = useObjectName();
  const position = usePosition(session, 5000);
  const rate = useSessionState(session, (state) => state.rate);
  const ways = useWays(channel, position, rate);
  const drawn = useDrawn(ways, video, session.zero);
  const boxes = drawn.boxes.map((box) => ({ ...box, text: nameOf(box.label) }));
  return <DrawnBoxes boxes={boxes} trails={drawn.trails} ratio={drawn.ratio} />;
}

function useDrawn(ways: readonly Way[], video: HTMLVideoElement, zero: number): Drawn {
  const [drawn, setDrawn] = useState(nothing);
  const shown = useRef<number>(undefined);
  useEffect(() => {
    const draw = (mediaTime: number): void => {
      shown.current = mediaTime;
      const wall = zero + mediaTime * 1000;
      const boxes = boxesAt(ways, wall).map(({ id, label, box }) => ({ key: id, label, box }));
      const trails = trailsAt(ways, wall);
      const isEmpty = boxes.length === 0 && trails.length === 0;
      setDrawn((before) =>
        isEmpty
          ? nothing
          : { boxes, trails, ratio: video.videoHeight > 0 ? video.videoWidth / video.videoHeight : before.ratio },
      );
    };
    // what has come meanwhile belongs to the picture that stands
    if (shown.current !== undefined) draw(shown.current);
    const watching = watchShown(video, draw);
    return () => watching[Symbol.dispose]();
  }, [ways, video, zero]);
  return drawn;
}
