/** What of the state, the events and the receipts a login may see whose channels are limited. */
import type { ArmingView } from "../../domain/arming.ts";
import type { OutputView } from "../../domain/engine-types.ts";
import type { PageLink } from "../../domain/linkage-settings.ts";
import { mayKnow, seenReceipt, seesTrouble, type ChannelRights, type View } from "../../domain/rights.ts";
import type { Linkage } from "../../domain/site-config.ts";
import { assertNever } from "../../kernel/machine.ts";
import type { AlarmCount, LiveEvent, LiveState } from "../../messages/api.ts";
import type { RecorderStats } from "../../messages/recorder.ts";

/** What open pages do, without the cameras that may not be seen. */
export function seenPage(rights: ChannelRights, page: PageLink): PageLink {
  if (page.tour === undefined) return page;
  return { ...page, tour: { ...page.tour, channels: known(rights, page.tour.channels) } };
}

/** A linkage without the cameras that may not be seen. */
export function seenLinkage(rights: ChannelRights, linkage: Linkage): Linkage {
  const { snapshots, page, ptz } = linkage;
  return {
    ...linkage,
    recordChannels: known(rights, linkage.recordChannels),
    ...(snapshots === undefined ? {} : { snapshots: { ...snapshots, channels: known(rights, snapshots.channels) } }),
    ...(page === undefined ? {} : { page: seenPage(rights, page) }),
    ...(ptz === undefined ? {} : { ptz: ptz.filter(({ channel }) => mayKnow(rights, channel)) }),
  };
}

const known = (rights: ChannelRights, channels: readonly number[]): readonly number[] =>
  channels.filter((channel) => mayKnow(rights, channel));

/** `alarms`: counted as far as they may be seen. Boards are left out: a contact of theirs may belong to an input that is none of their business. */
export function seenState(view: View, state: LiveState, alarms: AlarmCount): LiveState {
  const { rights, inputs } = view;
  return {
    ...state,
    arming: seenArming(inputs, state.arming),
    inputs: state.inputs.filter((row) => inputs.has(row.input)),
    outputs: state.outputs.map((row) => seenOutput(view, row)),
    boards: [],
    channels: state.channels.filter((row) => mayKnow(rights, row.channel)),
    ...(state.detection === undefined
      ? {}
      : { detection: state.detection.filter((row) => mayKnow(rights, row.channel)) }),
    ...(state.words === undefined ? {} : { words: state.words.filter((row) => mayKnow(rights, row.channel)) }),
    troubles: state.troubles.filter((row) => seesTrouble(view, row)),
    ...(state.walkTest === undefined
      ? {}
      : { walkTest: { ...state.walkTest, inputs: state.walkTest.inputs.filter((input) => inputs.has(input)) } }),
    alarms,
    openReceipts: state.openReceipts.flatMap((receipt) => seenReceipt(rights, receipt) ?? []),
    recorderStats: state.recorderStats.map((stats) => seenStats(rights, stats)),
  };
}

/** The event as they may see it; undefined when it is none of their business. */
export function seenEvent(view: View, event: LiveEvent, alarms: AlarmCount): LiveEvent | undefined {
  const { rights, inputs } = view;
  switch (event.kind) {
    case "armed":
      return { ...event, arming: seenArming(inputs, event.arming) };
    case "chime":
      return inputs.has(event.input) ? event : undefined;
    case "walk-test":
      return { ...event, walk: { ...event.walk, inputs: event.walk.inputs.filter((input) => inputs.has(input)) } };
    case "output":
      return { ...event, output: seenOutput(view, event.output) };
    case "auto-arm":
    case "detection-model":
    case "volume":
    case "process":
    case "config":
      return event;
    case "board":
      return undefined;
    case "alarms":
      return { kind: "alarms", alarms };
    case "input":
      return inputs.has(event.input.input) ? event : undefined;
    case "channel":
      return mayKnow(rights, event.channel.channel) ? event : undefined;
    case "detection":
      return mayKnow(rights, event.detection.channel) ? event : undefined;
    case "word":
      return mayKnow(rights, event.word.channel) ? event : undefined;
    case "trouble":
      return seesTrouble(view, event.trouble) ? event : undefined;
    case "receipt": {
      const receipt = seenReceipt(rights, event.receipt);
      return receipt === undefined ? undefined : { ...event, receipt };
    }
    case "stats":
      return { ...event, stats: seenStats(rights, event.stats) };
    default:
      return assertNever(event);
  }
}

/** That something holds an output is everybody's; which input, and which alarm of it, of those that may be known. */
export const seenOutput = ({ inputs }: View, output: OutputView): OutputView => ({
  ...output,
  holds: output.holds.map((hold) => {
    const chime = /^chime:(\d+):/.exec(hold.by)?.[1];
    if (chime !== undefined && !inputs.has(Number(chime))) return { ...hold, by: "chime" };
    if (hold.input === 0 || inputs.has(hold.input)) return hold;
    return { ...hold, by: "", input: 0, ...(hold.latched === undefined ? {} : { latched: "" }) };
  }),
});

/** Which inputs are left out or open is told of those that may be known; a delay is everybody's. */
export function seenArming(inputs: ReadonlySet<number>, arming: ArmingView): ArmingView {
  const known = (list: readonly number[]) => list.filter((input) => inputs.has(input));
  const { entry, bypass, shutDown, open } = arming;
  return {
    ...arming,
    ...{ bypass: known(bypass), shutDown: known(shutDown), open: known(open) },
    ...(entry === undefined ? {} : { entry: { ...entry, input: inputs.has(entry.input) ? entry.input : 0 } }),
  };
}

const seenStats = (rights: ChannelRights, stats: RecorderStats): RecorderStats => ({
  ...stats,
  channels: stats.channels.filter((row) => mayKnow(rights, row.channel)),
});
