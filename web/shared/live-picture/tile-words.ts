/** What stands over a tile: why there is no picture, and what to do. Pure; words are keys of `messages/<language>/live.json`. */
import type { ChannelState } from "../../../src/messages/recorder.ts";
import type { PlayerStatus } from "./player-status.ts";

export type TileWords =
  | { readonly kind: "none" }
  /** Nothing is wrong yet: a skeleton. */
  | { readonly kind: "loading" }
  | {
      readonly kind: "says";
      readonly key: TileKey;
      readonly values: TileValues;
      readonly act?: "retry" | "open-camera";
    };

export type TileKey =
  "off" | "connecting" | "down" | "refused" | "recorderDown" | "away" | "busy" | "noConverter" | "unplayable";

export interface TileValues {
  readonly since?: number;
  readonly reason?: string;
  readonly most?: number;
}

/** The part of a camera's state that a tile speaks of; its bit rate changes all the time. */
export type CameraBrief = Pick<ChannelState, "state" | "since" | "reason">;

export interface TileFacts {
  readonly enabled: boolean;
  /** As core tells it; undefined before the first word. */
  readonly camera: CameraBrief | undefined;
  readonly player: PlayerStatus;
  /** Whether this page hears from Reed at all. */
  readonly online: boolean;
}

/** A connection may take this many attempts before the tile says that something is wrong. */
const quietAttempts = 3;

const says = (key: TileKey, values: TileValues = {}, act?: "retry" | "open-camera"): TileWords => ({
  kind: "says",
  key,
  values,
  ...(act === undefined ? {} : { act }),
});

/** The camera's own trouble comes before the player's: it is the cause. */
export function tileWords({ enabled, camera, player, online }: TileFacts): TileWords {
  if (!enabled || camera?.state === "off") return says("off", {}, "open-camera");
  if (!online) return player.kind === "playing" ? { kind: "none" } : says("away");
  if (camera?.state === "refused") return says("refused", { since: camera.since, reason: camera.reason }, "retry");
  if (camera?.state === "down") {
    return camera.reason === "the recorder process is down"
      ? says("recorderDown", { since: camera.since })
      : says("down", { since: camera.since, reason: camera.reason }, "retry");
  }
  switch (player.kind) {
    case "playing":
      return { kind: "none" };
    case "stopped":
      return { kind: "loading" };
    case "connecting":
      if (camera?.state === "connecting") return says("connecting");
      return player.attempts >= quietAttempts ? says("away") : { kind: "loading" };
    case "refused":
      return player.most > 0 && player.busy
        ? says("busy", { most: player.most })
        : says("noConverter", { reason: player.reason });
    case "unplayable":
      return says("unplayable", { reason: player.mime });
  }
}
