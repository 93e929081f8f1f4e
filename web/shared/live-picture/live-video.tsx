import { useEffect, useRef, useState, type ReactElement } from "react";
import { startLivePlayer, type LivePlayer } from "./live-player.ts";
import { stopped, type PlayerStatus } from "./player-status.ts";
import { watchShown, type ShownPictures } from "./shown-pictures.ts";
import classes from "./live-picture.module.css";

interface LiveVideoProps {
  readonly channel: number;
  readonly stream: "main" | "sub";
  /** Hidden, it holds no connection and keeps its last picture. */
  readonly visible: boolean;
  /** The camera is known to be received. */
  readonly received: boolean;
  readonly label: string;
  readonly onStatus: (status: PlayerStatus) => void;
  /** Width ÷ height of the pictures, when it is known. */
  readonly onRatio?: (ratio: number) => void;
  /** What tells of the pictures as they are shown, for what is drawn over them. */
  readonly onPictures?: (pictures: ShownPictures | undefined) => void;
}

/** The pictures of one stream, without sound. */
export function LiveVideo({
  channel,
  stream,
  visible,
  received,
  label,
  onStatus,
  onRatio,
  onPictures,
}: LiveVideoProps): ReactElement {
  const video = useRef<HTMLVideoElement>(null);
  const [player, setPlayer] = useState<LivePlayer>();
  const [status, setStatus] = useState<PlayerStatus>(stopped);
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    const started = startLivePlayer(element, { channel, stream, track: "video" }, setStatus);
    setPlayer(started);
    onPictures?.({ watch: (shown) => watchShown(element, (mediaTime) => shown(started.wallAt(mediaTime))) });
    return () => {
      onPictures?.(undefined);
      started[Symbol.dispose]();
    };
  }, [channel, stream, onPictures]);
  useEffect(() => player?.show(visible), [player, visible]);
  useEffect(() => {
    if (received) player?.hurry();
  }, [player, received]);
  useEffect(() => onStatus(status), [status, onStatus]);
  return (
    <video
      ref={video}
      className={classes["video"]}
      muted
      playsInline
      disablePictureInPicture
      aria-label={label}
      data-stream={stream}
      data-status={status.kind}
      onResize={({ currentTarget: { videoWidth, videoHeight } }) => {
        if (videoWidth > 0 && videoHeight > 0) onRatio?.(videoWidth / videoHeight);
      }}
    />
  );
}
