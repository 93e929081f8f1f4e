import type { TFunction } from "i18next";
import type { CopiedSetting } from "../../../../src/contract/input.ts";
import { openCopySettings } from "../../../shared/io/copy-settings.tsx";
import type { Input } from "../../../shared/types.ts";
import { useCopyInput } from "../api/inputs.ts";

/** Ticked at first: what an edge does, not how the contact is wired nor how it is armed. */
const settings = {
  recordChannels: true,
  postRecordS: true,
  maxRecordS: true,
  outputs: true,
  snapshots: true,
  ptz: true,
  notifiers: true,
  severity: true,
  escalation: true,
  page: true,
  schedule: true,
  onlyIf: false,
  confirm: false,
  zone: false,
  modes: false,
  chime: false,
  swingerAlarms: false,
  keySwitch: false,
  antiDitherS: false,
  debounceMs: false,
  restoreMs: false,
  chatterPerMin: false,
  watchDays: false,
  unseenH: false,
  kind: false,
  type: false,
  enabled: false,
} as const satisfies Record<CopiedSetting, boolean>;

interface CopyStart {
  readonly from?: Input;
  readonly to?: readonly Input[];
  readonly all: readonly Input[];
}

/** Settings of one input onto others. */
export function openCopy(t: TFunction<"alarm-in">, { from, to, all }: CopyStart): void {
  openCopySettings<CopiedSetting>(t("copy.title"), {
    ...(from === undefined ? {} : { from: from.input }),
    ...(to === undefined ? {} : { to: to.map((one) => one.input) }),
    all: all.map(({ input, name }) => ({ id: input, name })),
    settings,
    nameOf: (setting) => t(`copied.${setting}`),
    says: { nobody: t("copy.nobody"), done: (count) => t("copy.done", { count }) },
    useCopy: useCopyInput,
  });
}
