import {
  IconBell,
  IconBox,
  IconCalendarTime,
  IconDeviceCctv,
  IconDeviceFloppy,
  IconGridDots,
  IconLayoutGrid,
  IconPhoto,
  IconPlayerPlay,
  IconPlayerRecord,
  IconPlugConnected,
  IconRun,
  IconPolygon,
  IconServerCog,
  IconSettings,
  IconShieldLock,
  IconTestPipe,
  IconUsers,
  IconVolume,
  IconWalk,
  type Icon,
} from "@tabler/icons-react";
import type { Me } from "../shared/types.ts";

export interface NavItem {
  readonly to: string;
  /** Key below `nav` in `messages/<language>/shell.json`. */
  readonly label: NavLabel;
  readonly icon: Icon;
  readonly needs: Me["scopes"][number];
}

export type NavLabel =
  | "live"
  | "alarms"
  | "playback"
  | "cameras"
  | "recording"
  | "pictures"
  | "detection"
  | "aiRules"
  | "models"
  | "alarmIn"
  | "alarmOut"
  | "arming"
  | "boards"
  | "walkTest"
  | "storage"
  | "people"
  | "system"
  | "schedules"
  | "simulator"
  | "coverage";

/** What one looks at every day. */
export const daily: readonly NavItem[] = [
  { to: "/live", label: "live", icon: IconLayoutGrid, needs: "live" },
  { to: "/alarms", label: "alarms", icon: IconBell, needs: "read" },
  { to: "/playback", label: "playback", icon: IconPlayerPlay, needs: "footage" },
];

/** What one sets up once. */
export const setUp: readonly NavItem[] = [
  { to: "/cameras", label: "cameras", icon: IconDeviceCctv, needs: "configure" },
  { to: "/recording", label: "recording", icon: IconPlayerRecord, needs: "configure" },
  { to: "/detection", label: "detection", icon: IconRun, needs: "configure" },
  { to: "/ai-rules", label: "aiRules", icon: IconPolygon, needs: "configure" },
  { to: "/models", label: "models", icon: IconBox, needs: "configure" },
  { to: "/alarm-in", label: "alarmIn", icon: IconPlugConnected, needs: "configure" },
  { to: "/alarm-out", label: "alarmOut", icon: IconVolume, needs: "configure" },
  { to: "/arming", label: "arming", icon: IconShieldLock, needs: "configure" },
  { to: "/walk-test", label: "walkTest", icon: IconWalk, needs: "control" },
  { to: "/boards", label: "boards", icon: IconServerCog, needs: "configure" },
  { to: "/storage", label: "storage", icon: IconDeviceFloppy, needs: "configure" },
  { to: "/people", label: "people", icon: IconUsers, needs: "configure" },
  { to: "/system", label: "system", icon: IconSettings, needs: "configure" },
];

/** What not every site needs. */
export const advanced: readonly NavItem[] = [
  { to: "/pictures", label: "pictures", icon: IconPhoto, needs: "footage" },
  { to: "/schedules", label: "schedules", icon: IconCalendarTime, needs: "configure" },
  { to: "/simulator", label: "simulator", icon: IconTestPipe, needs: "configure" },
  { to: "/coverage", label: "coverage", icon: IconGridDots, needs: "configure" },
];
