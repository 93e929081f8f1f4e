import type { TFunction } from "i18next";
import type { CopiedRecording } from "../../../../src/contract/recording.ts";
import { openCopySettings } from "../../../shared/io/copy-settings.tsx";
import type { Channel } from "../../../shared/types.ts";
import { useCopyRecording } from "../api/recording.ts";

/** Mode and week belong together; who is at home, and how long before an alarm, are a camera's own matter more often. */
const settings = {
  recordMode: true,
  recordWeek: true,
  atHome: false,
  preRecordS: false,
  timedPictures: false,
  recordSub: false,
  secondCopy: false,
} as const satisfies Record<CopiedRecording, boolean>;

/** How one camera records onto others. */
export function openCopy(
  t: TFunction<"recording">,
  all: readonly Channel[],
  to: readonly number[],
  from?: number,
): void {
  openCopySettings<CopiedRecording>(t("copy.title"), {
    ...(to.length === 0 ? {} : { to }),
    ...(from === undefined ? {} : { from }),
    all: all.map(({ channel, name }) => ({ id: channel, name })),
    settings,
    nameOf: (setting) => t(`copied.${setting}`),
    says: { nobody: t("copy.nobody"), done: (count) => t("copy.done", { count }) },
    useCopy: useCopyRecording,
  });
}
