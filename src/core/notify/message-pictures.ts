/** The pictures that go with a message about an edge. */
import { seeingPointOf } from "../../domain/detection/seeing-point.ts";
import type { NotifierSettings } from "../../domain/notifier-settings.ts";
import type { Receipt } from "../../domain/receipt.ts";
import { after, seconds } from "../../kernel/time.ts";
import { channelName, pictureName, type Picture } from "./message.ts";
import type { NotifierDeps } from "./ports.ts";

/** A message must not wait long for its picture. */
const pictureLimitMs = seconds(9);
/** A mail carries all of them: it waits a little longer. */
const allPicturesLimitMs = seconds(30);

/**
 * Those of the cameras, and before them the best one of who caused it, where that is there by then: a mail carries all,
 * others the first.
 */
export async function picturesOf(
  deps: NotifierDeps,
  receipt: Receipt,
  kind: NotifierSettings["kind"],
): Promise<readonly Picture[]> {
  const cameras = await cameraPictures(deps, receipt, kind);
  return [...(await objectPicture(deps, receipt)), ...cameras];
}

/** Of who closed the contact, where pictures closed it. */
async function objectPicture(deps: NotifierDeps, { edge, actions }: Receipt): Promise<readonly Picture[]> {
  const by = seeingPointOf(deps.config(), edge.input);
  if (by === undefined || edge.kind === "cleared") return [];
  // of a channel that is off for privacy nothing goes out
  const mayGoOut = actions.some(
    ({ target, outcome }) =>
      (target.kind === "record" || target.kind === "snapshot") &&
      target.channel === by.channel &&
      outcome?.kind !== "suppressed",
  );
  const found = mayGoOut ? await deps.objectPictures?.of(by, edge.at.wall) : undefined;
  if (found === undefined) return [];
  const { channel, object, label, jpeg } = found;
  return [{ name: pictureName(`${channelName(deps.config(), channel)} ${label}`, 1), jpeg, seen: { channel, object } }];
}

/**
 * Pictures that were ordered for the edge (all of them for a mail, else the first); without any one of the first recorded
 * channel. Push carries none but names one, so that it is kept with the event.
 */
async function cameraPictures(
  deps: NotifierDeps,
  receipt: Receipt,
  kind: NotifierSettings["kind"],
): Promise<readonly Picture[]> {
  const { eventId } = receipt.edge;
  const all = kind === "email";
  const ordered = receipt.actions.some(({ target }) => target.kind === "snapshot");
  // of a channel that is off for privacy nothing goes out either
  const channel = receipt.actions.flatMap(({ target, outcome }) =>
    target.kind === "record" && outcome?.kind !== "suppressed" ? [target.channel] : [],
  )[0];
  if (!ordered && channel === undefined) return [];
  if (!ordered && channel !== undefined && kind !== "push") {
    const limit = new Promise<undefined>((resolve) => {
      deps.clock.wakeAt(after(deps.clock.now(), pictureLimitMs), () => resolve(undefined));
    });
    const jpeg = await Promise.race([deps.snapshot(channel), limit]);
    return jpeg === undefined ? [] : [{ name: pictureName(channelName(deps.config(), channel), 1), jpeg }];
  }
  if (!ordered && channel !== undefined)
    void deps.pictures.take({ kind: "take-snapshots", eventId, actionId: "", channel, count: 1, intervalS: 1 });
  const taken = await deps.pictures.of(eventId, all ? "all" : "first", all ? allPicturesLimitMs : pictureLimitMs);
  return taken.map(({ channel: of, nth, jpeg }) => ({
    ...{ name: pictureName(channelName(deps.config(), of), nth), jpeg },
    kept: { channel: of, nth },
  }));
}
