/** What the detection sees of a camera now, for the meter beside a threshold and boxes over the picture. */
import { useEffect, useState } from "react";
import type { DetectionLook } from "../../../src/messages/detection.ts";
import { usePageVisible } from "../live-picture/page-visible.ts";

const pauseMs = 2000;

/** Nothing looked at for so long: what was last seen is not what is now. */
const staleMs = 5000;

interface Handlers {
  look(look: DetectionLook): void;
  /** Nothing is told now; it is asked again by itself. */
  silent(): void;
}

function openLooks(channel: number, handlers: Handlers): Disposable {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  let over = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let quiet: ReturnType<typeof setTimeout> | undefined;
  let socket: WebSocket | undefined;
  const connect = (): void => {
    const opened = new WebSocket(`${scheme}//${location.host}/api/channels/${channel}/detection/live`);
    socket = opened;
    opened.addEventListener("message", ({ data }: MessageEvent<string>) => {
      if (over) return;
      clearTimeout(quiet);
      quiet = setTimeout(() => handlers.silent(), staleMs);
      handlers.look(JSON.parse(data) as DetectionLook);
    });
    opened.addEventListener("close", () => {
      if (over) return;
      handlers.silent();
      timer = setTimeout(connect, pauseMs);
    });
  };
  connect();
  return {
    [Symbol.dispose]() {
      over = true;
      clearTimeout(timer);
      clearTimeout(quiet);
      socket?.close();
    },
  };
}

/** The newest picture that was looked at; undefined while none is, never an old one. */
export function useDetectionLook(channel: number, isWanted = true): DetectionLook | undefined {
  const [look, setLook] = useState<DetectionLook>();
  const isOpen = usePageVisible() && isWanted;
  useEffect(() => {
    if (!isOpen) return undefined;
    const opened = openLooks(channel, { look: setLook, silent: () => setLook(undefined) });
    return () => {
      opened[Symbol.dispose]();
      setLook(undefined);
    };
  }, [channel, isOpen]);
  return look;
}
