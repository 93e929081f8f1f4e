/** Detection of one camera onto another. Pure. */
import { detectionPoints } from "../../../../src/domain/detection/points.ts";
import { mostRegions } from "../../../../src/domain/detection/settings.ts";
import { changeInput, linkageFor, without, type LinkedDraft } from "../../../shared/detection/linked-inputs.ts";
import { isOn, linkEvent, regionsOf, singleEvents, switchEvent, type Named } from "./draft.ts";

export const copiedParts = [
  "motion",
  "tamper",
  "sceneChange",
  "videoLoss",
  "audioLoss",
  "audioRise",
  "linkage",
] as const;
export type CopiedPart = (typeof copiedParts)[number];

interface From {
  readonly draft: LinkedDraft;
  readonly channel: number;
}

/** What `to` is after it; the rest of it stays. With `linkage`, what is linked to the one camera is to the other. */
export function copyOnto(from: From, to: LinkedDraft, what: readonly CopiedPart[], named: Named): LinkedDraft {
  let next = what.includes("motion") ? withMotion(from.draft, to, named) : to;
  for (const event of singleEvents) {
    if (!what.includes(event)) continue;
    next = switchEvent(next, event, isOn(from.draft, event), { named, saved: to });
    if (event === "tamper" && from.draft.settings.tamper !== undefined)
      next = { ...next, settings: { ...next.settings, tamper: from.draft.settings.tamper } };
    if (event === "audioRise" && from.draft.settings.audio?.rise !== undefined)
      next = {
        ...next,
        settings: { ...next.settings, audio: { ...next.settings.audio, rise: from.draft.settings.audio.rise } },
      };
  }
  if (!what.includes("linkage")) return next;
  for (const { settings } of from.draft.inputs) {
    const isCopied =
      settings.point < detectionPoints.motion + mostRegions
        ? what.includes("motion")
        : singleEvents.some((event) => what.includes(event) && detectionPoints[event] === settings.point);
    if (isCopied) next = changeInput(next, settings.point, linkageFor(settings, from.channel, named.channel.channel));
  }
  return next;
}

/** Its regions with their inputs; inputs of regions that the other camera had more of go. */
function withMotion(from: LinkedDraft, to: LinkedDraft, named: Named): LinkedDraft {
  const regions = regionsOf(from);
  const rest = without(to.settings, "motion");
  const settings = from.settings.motion === undefined ? rest : { ...rest, motion: from.settings.motion };
  const point = (index: number): number => detectionPoints.motion + index;
  const inputs = to.inputs.filter(
    ({ settings: { point: at } }) => at < point(regions.length) || at >= point(mostRegions),
  );
  return regions.reduce(
    (next: LinkedDraft, { name }, index) =>
      linkEvent(next, { point: point(index), event: "motion", what: name }, named),
    { settings, inputs },
  );
}
