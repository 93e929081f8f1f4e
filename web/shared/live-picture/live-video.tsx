import { useEffect, useRef, useState, type ReactElement } from "react";
import { startLivePlayer, type LivePlayer } from "./live-player.ts";
import { stopped, type PlayerStatus } from "./player-status.ts";
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
}: LiveVideoProps): ReactElement {
  const video = useRef<HTMLVideoElement>(null);
  const [player, setPlayer] = useState<LivePlayer>();
  const [status, setStatus] = useState<PlayerStatus>(stopped);
  useEffect(() => {
    if (video.current === null) return;
    const started = startLivePlayer(video.current, { channel, stream, track: "video" }, setStatus);
    setPlayer(started);
    return () => started[Symbol.dispose]();
  }, [channel, stream]);
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
