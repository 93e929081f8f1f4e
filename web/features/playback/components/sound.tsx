import { ActionIcon, Text, Tooltip } from "@mantine/core";
import { IconVolume, IconVolumeOff } from "@tabler/icons-react";
import { type ReactElement, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Channel } from "../../../shared/types.ts";
import { codecOf } from "../model/codec.ts";
import type { Session } from "../player/session.ts";
import { useSessionState } from "../player/use-session.ts";

export interface Sound {
  /** Whose sound is heard; undefined: off, as it is at first. */
  readonly channel: number | undefined;
  /** The next one that has sound here, then off. */
  readonly next: () => void;
}

/** Sound of one player at a time. */
export function useSound(session: Session | undefined): Sound {
  const [channel, setChannel] = useState<number>();
  const next = () => {
    const audible = session?.state.audible.split(",").filter(Boolean).map(Number) ?? [];
    setChannel((now) => audible[now === undefined ? 0 : audible.indexOf(now) + 1]);
  };
  return { channel, next };
}

interface SoundProps {
  readonly session: Session;
  readonly sound: Sound;
  readonly channels: readonly Channel[];
}

/** Turns the sound on and off; nothing where the footage has none. */
export function SoundButton({ session, sound, channels }: SoundProps): ReactElement | null {
  const { t } = useTranslation("playback");
  const audible = useSessionState(session, (state) => state.audible);
  const unsupported = useSessionState(session, ({ sound: heard }) =>
    heard?.kind === "unsupported" ? heard.mime : undefined,
  );
  if (audible === "" && sound.channel === undefined) return null;
  const name = channels.find(({ channel }) => channel === sound.channel)?.name;
  const label = name === undefined ? t("transport.sound") : t("transport.soundOf", { name });
  const Icon = name === undefined ? IconVolumeOff : IconVolume;
  return (
    <>
      {unsupported !== undefined && <Text size="sm">{t("transport.noSound", { codec: codecOf(unsupported) })}</Text>}
      <Tooltip label={label} openDelay={500}>
        <ActionIcon
          variant={name === undefined ? "default" : "light"}
          size={40}
          aria-label={label}
          aria-pressed={name !== undefined}
          onClick={sound.next}
        >
          <Icon size={20} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </>
  );
}

/** Where the sound comes from. It stands behind the players in the tree: it listens to one that is there already. */
export function SoundPlayer({ session, sound, channels }: SoundProps): ReactElement {
  const audio = useRef<HTMLAudioElement>(null);
  const shown = channels.map(({ channel }) => channel).join(",");
  const heard = channels.some(({ channel }) => channel === sound.channel) ? sound.channel : undefined;
  const state = useSessionState(session, (now) => now.sound?.kind ?? "off");
  useEffect(() => {
    session.listen(heard, audio.current ?? undefined);
    return () => session.listen(undefined, undefined);
  }, [session, heard, shown]);
  // what a microphone heard has no captions
  return <audio ref={audio} data-sound={state} />;
}
