import { useEffect, useRef, useState, type ReactElement } from "react";
import { startLivePlayer } from "../api/live-player.ts";
import { stopped, type PlayerStatus } from "../model/player-status.ts";

interface LiveAudioProps {
  readonly channel: number;
  readonly onStatus: (status: PlayerStatus) => void;
}

/** The sound of a channel on an element of its own: late or missing, it holds no picture up. */
export function LiveAudio({ channel, onStatus }: LiveAudioProps): ReactElement {
  const audio = useRef<HTMLAudioElement>(null);
  const [status, setStatus] = useState<PlayerStatus>(stopped);
  useEffect(() => {
    if (audio.current === null) return;
    const player = startLivePlayer(audio.current, { channel, stream: "main", track: "audio" }, setStatus);
    player.show(true);
    return () => player[Symbol.dispose]();
  }, [channel]);
  useEffect(() => onStatus(status), [status, onStatus]);
  // what a microphone hears has no captions
  return <audio ref={audio} data-status={status.kind} />;
}
