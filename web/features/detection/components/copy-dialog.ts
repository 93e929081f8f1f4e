import type { TFunction } from "i18next";
import { openCopySettings } from "../../../shared/io/copy-settings.tsx";
import type { Channel } from "../../../shared/types.ts";
import { useCopyEvents } from "../api/copy.ts";
import type { CopiedPart } from "../model/copy.ts";

/** Where cameras look differs, and so do the regions; what is done about it does not. */
const settings = {
  motion: false,
  tamper: true,
  sceneChange: true,
  videoLoss: true,
  audioLoss: true,
  audioRise: true,
  linkage: true,
} as const satisfies Record<CopiedPart, boolean>;

/** What one camera is watched for onto others. */
export function openCopy(t: TFunction<["detection", "alarm-in"]>, all: readonly Channel[], from: number): void {
  openCopySettings<CopiedPart>(t("copy.title"), {
    from,
    all: all.map(({ channel, name }) => ({ id: channel, name })),
    settings,
    nameOf: (setting) => t(`copied.${setting}`),
    says: { nobody: t("copy.nobody"), done: (count) => t("copy.done", { count }) },
    useCopy: useCopyEvents,
  });
}
