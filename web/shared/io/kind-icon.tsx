import {
  IconCameraOff,
  IconDoor,
  IconDroplet,
  IconFlame,
  IconHammer,
  IconHandClick,
  IconKey,
  IconPlug,
  IconRun,
  IconShieldX,
  IconSos,
  IconVectorTriangle,
  IconVideoOff,
  IconVolume,
  IconWalk,
  IconWindow,
  type Icon,
} from "@tabler/icons-react";
import type { ReactElement } from "react";
import type { InputKind } from "../../../src/domain/input-kind.ts";

const icons: Readonly<Record<InputKind, Icon>> = {
  door: IconDoor,
  window: IconWindow,
  pir: IconWalk,
  glass: IconHammer,
  smoke: IconFlame,
  water: IconDroplet,
  panic: IconSos,
  tamper: IconShieldX,
  "key-switch": IconKey,
  button: IconHandClick,
  other: IconPlug,
  "video-motion": IconRun,
  "video-tamper": IconCameraOff,
  "video-loss": IconVideoOff,
  audio: IconVolume,
  "video-rule": IconVectorTriangle,
};

/** The sign of a kind of input; always beside its word. */
export function KindIcon({ kind, size = 18 }: { readonly kind: InputKind; readonly size?: number }): ReactElement {
  const Sign = icons[kind];
  return <Sign size={size} aria-hidden style={{ flexShrink: 0 }} />;
}
