import type { Finding, FindingKind } from "../domain/coverage.ts";

/** What each finding says; the pages have the same in their languages. `{{word}}` is one of the finding's words. */
const sentences: Record<FindingKind, string> = {
  "input-unwired": "{{input}}: its board or contact does not exist. It can never be raised.",
  "input-board-off": "{{input}}: its board {{board}} is switched off. It can never be raised.",
  "input-no-camera": "{{input}} records no camera: its alarm would have no footage.",
  "camera-missing": "{{input}} records camera {{camera}}, which does not exist.",
  "camera-off": "{{input}} records {{camera}}, which is switched off.",
  "recording-off": "{{input}} records {{camera}}, which is off for privacy: nothing of it is kept.",
  "private-in-modes":
    "{{input}} records {{camera}}, which is off for privacy in these modes: {{modes}}. Nothing of it is kept then.",
  "camera-never-recorded": "{{camera}} records on alarm only, and no input raises one for it: it never records.",
  "ring-short":
    "{{camera}}: its key frames are farther apart than its memory is long; {{preRecord}} of pre-record can't be kept.",
  "output-missing": "{{input}} switches output {{output}}, which does not exist.",
  "output-board-off": "{{input}} switches {{output}}, whose board {{board}} is missing or switched off.",
  "output-forced-off": "{{input}} switches {{output}}, which is set to off.",
  "output-claimed-twice": "{{output}} is held for different times: {{claims}}. The longest counts.",
  "notifier-missing": "{{input}} tells receiver {{notifier}}, which does not exist.",
  "notifier-off": "{{input}} tells {{notifier}}, which is switched off.",
  "nobody-told": "No input that acts tells anybody.",
  "zone-acts-on-nothing": "{{input}} has outputs, messages or cameras to turn, but its zone never acts on them.",
  "never-armed": "{{input}} is armed in no mode: its outputs and messages never act.",
  "mode-missing": "{{input}} is armed in mode {{mode}}, which does not exist.",
  "schedule-missing": "{{input}} acts inside schedule {{schedule}}, which does not exist: it acts always.",
  "schedule-never": "{{input}} acts inside {{schedule}}, which is never active.",
  "always-scheduled": "{{input}} is a 24-hour zone, but acts inside {{schedule}} only.",
  "start-without-end": "{{input}}: a start that nobody stops lasts {{runs}}, but is recorded for {{records}} only.",
  "auto-arm-never": "Arming by the clock goes by {{schedule}}, which never begins or ends.",
  "cameras-all-off": "{{input}}: none of its cameras can record. Its alarm would have no footage at all.",
  "follower-alone":
    "{{input}} follows the way in, but no entry/exit input is armed with it in {{modes}}: there it acts at once, without a delay.",
  "no-entry-delay":
    "{{input}} is on the way in, but the entry delay is 0 s in {{modes}}: whoever comes home sets off the alarm.",
  "hazard-when-armed-only":
    "{{input}} warns of danger to life or property, but acts only while armed. A 24-hour zone acts always.",
  "hold-past-bound": "{{input}} holds {{output}} for {{holds}}, but it may be on for {{most}} at most.",
  "schedule-unused": "{{schedule}} is used by no input and no camera, and arms nothing.",
  "siren-unused": "{{output}} sounds for no input.",
  "sounds-on-pages-only":
    "{{input}} sounds on open pages only: one that is closed, muted or not yet touched makes no sound. Link a siren or a buzzer.",
  "ptz-not-set-up": "{{input}} turns {{camera}}, which is missing, switched off or has no steering set up.",
  "ptz-preset-unknown":
    "{{input}} turns {{camera}} to preset {{preset}}, which the camera does not have. It has {{known}}.",
  "ptz-silent": "{{camera}} is to be turned by an alarm, but did not tell its presets: {{why}}.",
  "ptz-claimed-twice":
    "{{camera}} is turned to different presets: {{claims}}. The last alarm has it, and what the one before was to show is not seen.",
  "detection-camera-off": "{{input}} is seen by {{camera}}, which is switched off. It can never be raised.",
  "detection-unheard":
    "{{camera}}: no input hangs on {{count}} of the things that its detection looks for; nothing follows from them.",
};

export const findingSentence = ({ kind, words }: Finding): string =>
  sentences[kind].replaceAll(/\{\{(\w+)\}\}/g, (_, word: string) => words[word] ?? "");
