import { useMemo, type ReactElement } from "react";
import { DrawnBoxes } from "../../../shared/detection/drawn-boxes.tsx";
import { useObjectName } from "../../../shared/detection/object-name.ts";
import { useDrawn } from "../../../shared/detection/use-drawn.ts";
import { watchShown, type ShownPictures } from "../../../shared/live-picture/shown-pictures.ts";
import { useWays } from "../api/ways.ts";
import type { Session } from "../player/session.ts";
import { usePosition, useSessionState } from "../player/use-session.ts";

interface TileBoxesProps {
  readonly session: Session;
  readonly channel: number;
  readonly video: HTMLVideoElement;
}

/** Who was where in the picture that is shown. */
export default function TileBoxes({ session, channel, video }: TileBoxesProps): ReactElement {
  const nameOf = useObjectName();
  const position = usePosition(session, 5000);
  const rate = useSessionState(session, (state) => state.rate);
  const ways = useWays(channel, position, rate);
  const { zero } = session;
  const pictures = useMemo(
    (): ShownPictures => ({ watch: (shown) => watchShown(video, (mediaTime) => shown(zero + mediaTime * 1000)) }),
    [video, zero],
  );
  const drawn = useDrawn(ways, pictures);
  const boxes = drawn.boxes.map(({ id, label, box }) => ({ key: id, label, box, text: nameOf(label) }));
  const ratio = video.videoHeight > 0 ? video.videoWidth / video.videoHeight : 16 / 9;
  return <DrawnBoxes boxes={boxes} trails={drawn.trails} ratio={ratio} />;
}
