import type { TFunction } from "i18next";
import { openCopySettings } from "../../../shared/io/copy-settings.tsx";
import type { Channel } from "../../../shared/types.ts";
import { useCopyRules } from "../api/copy.ts";
import type { CopiedPart } from "../model/draft.ts";

/** Where lines and areas are differs from camera to camera, but it is what this page is about. */
const settings = { rules: true, smart: true, linkage: true } as const satisfies Record<CopiedPart, boolean>;

/** The rules of one camera onto others. */
export function openCopy(t: TFunction<["ai-rules", "alarm-in"]>, all: readonly Channel[], from: number): void {
  openCopySettings<CopiedPart>(t("copy.title"), {
    from,
    all: all.map(({ channel, name }) => ({ id: channel, name })),
    settings,
    nameOf: (setting) => t(`copied.${setting}`),
    says: { nobody: t("copy.nobody"), done: (count) => t("copy.done", { count }) },
    useCopy: useCopyRules,
  });
}
