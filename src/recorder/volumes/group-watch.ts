import type { VolumeGroup } from "../../domain/volume-groups.ts";
import type { Clock, WallTime } from "../../kernel/time.ts";
import type { TroubleReport } from "../../messages/recorder.ts";
import type { VolumeSet } from "./volume-set.ts";

interface Told {
  volumesChanged(reason: string | undefined): void;
}

/** Tells channels when nothing takes their footage any more, and people when a group has no volume left. */
export interface GroupWatch {
  look(volumes: VolumeSet, groups: readonly VolumeGroup[], channels: ReadonlyMap<number, Told>): void;
}

export function createGroupWatch(clock: Clock, tell: (trouble: TroubleReport) => void): GroupWatch {
  const toldChannels = new WeakMap<Told, string>();
  const open = new Map<string, TroubleReport>();
  const begin = (key: string, what: string, since: WallTime): void => {
    const known = open.get(key);
    if (known?.what === what) return;
    const trouble = { key, what, since: known?.since ?? since };
    open.set(key, trouble);
    tell(trouble);
  };
  return {
    look(volumes, groups, channels) {
      for (const [number, channel] of channels) {
        const trouble = volumes.trouble(number);
        if (trouble === toldChannels.get(channel)) continue;
        if (trouble === undefined) toldChannels.delete(channel);
        else toldChannels.set(channel, trouble);
        channel.volumesChanged(trouble);
      }
      const out = new Set<string>();
      for (const group of groups) {
        const channel = group.channels.find((one) => channels.has(one));
        const chosen = channel === undefined ? undefined : volumes.choice(channel);
        if (chosen?.group === undefined || chosen.place === "own") continue;
        const key = `volume-group:${group.name}`;
        out.add(key);
        begin(key, whatOf(group, chosen.volume?.root), clock.wall());
      }
      for (const [key, trouble] of open) {
        if (out.has(key)) continue;
        open.delete(key);
        tell({ ...trouble, ended: clock.wall() });
      }
    },
  };
}

const whatOf = ({ name }: VolumeGroup, elsewhere: string | undefined): string =>
  `Volume group ${name}: none of its volumes takes footage; its cameras are ${
    elsewhere === undefined ? "not recorded" : `recorded to ${elsewhere}`
  }`;
