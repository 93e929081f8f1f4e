import { useEffect, useRef, useState, type ReactElement } from "react";
import { startG711Player } from "../api/g711-player.ts";
import { startLivePlayer } from "../../../shared/live-picture/live-player.ts";
import { lawOf } from "../../../shared/g711.ts";
import { stopped, type PlayerStatus } from "../../../shared/live-picture/player-status.ts";

interface LiveAudioProps {
  readonly channel: number;
  readonly onStatus: (status: PlayerStatus) => void;
}

/** The sound of a channel on an element of its own: late or missing, it holds no picture up. */
export function LiveAudio({ channel, onStatus }: LiveAudioProps): ReactElement {
  const audio = useRef<HTMLAudioElement>(null);
  const [status, setStatus] = useState<PlayerStatus>(stopped);
  const [isG711, setIsG711] = useState(false);
  useEffect(() => {
    if (isG711) {
      const player = startG711Player(channel, setStatus);
      return () => player[Symbol.dispose]();
    }
    if (audio.current === null) return;
    const player = startLivePlayer(audio.current, { channel, stream: "main", track: "audio" }, (next) => {
      if (next.kind === "unplayable" && lawOf(next.mime) !== undefined) setIsG711(true);
      else setStatus(next);
    });
    player.show(true);
    return () => player[Symbol.dispose]();
  }, [channel, isG711]);
  useEffect(() => onStatus(status), [status, onStatus]);
  // what a microphone hears has no captions
  return <audio ref={audio} data-status={status.kind} data-law={isG711 ? "g711" : undefined} />;
}
