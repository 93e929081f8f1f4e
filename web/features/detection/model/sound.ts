/** What it costs the recording of a camera that somebody wants its sound listened to. Pure. */
import type { LinkedDraft } from "../../../shared/detection/linked-inputs.ts";
import type { Channel } from "../../../shared/types.ts";

type Draft = Pick<LinkedDraft, "settings">;

/**
 * Applied, the recorded stream begins anew once: nobody has asked for its sound so far. Where the sound is listened to in
 * a sub stream that is not recorded, no recording notices.
 */
export function beginsAnew(
  { audio, subUrl, recordSub }: Pick<Channel, "audio" | "subUrl" | "recordSub">,
  saved: Draft,
  draft: Draft,
): boolean {
  const isNew = saved.settings.audio === undefined && draft.settings.audio !== undefined;
  return isNew && !audio && (subUrl === undefined || recordSub === true);
}
