/**
 * Linkage is data: which actions an edge has, each with its reason. What does not happen is an action too, with its
 * outcome: `suppressed("disarmed")`, `failed("channel 9 does not exist")`. Recording is never suppressed by a zone or by
 * disarming, only by a channel that is off for privacy; motion that is no alarm by the week of the channel, too.
 */
import { minutes, wallOf, wallTime, type WallTime } from "../kernel/time.ts";
import { armingOf, gates, type ZoneVerdict } from "./arming.ts";
import type { ActionTarget, Edge, Outcome, ReceiptAction } from "./receipt.ts";
import { privacyGate } from "./recording-rule.ts";
import type { WalkTrip } from "./walk-test.ts";
import { walkGate, walkMessageGate, walkOutputGate } from "./walk-test.ts";
import type {
  AlarmInputSettings,
  ChannelSettings,
  Linkage,
  OutputKind,
  OutputMode,
  SiteConfig,
} from "./site-config.ts";

/** What an edge is judged by. */
export interface LinkageContext {
  readonly config: SiteConfig;
  /** What zone and arming say (`zoneVerdict`). */
  readonly verdict: ZoneVerdict;
  /** Set when the edge is motion and no alarm: why a channel does not record that now; undefined: it does. */
  motionGate?(settings: ChannelSettings): string | undefined;
  /** The mode that the site is armed in now; absent: what is asked is not about one. */
  readonly arming?: string;
  /** Set when the edge joined a running alarm: messages are not repeated. */
  readonly repeatWithinS?: number;
  /** Set when it is graver than all edges of that alarm before it: people are told all the same. */
  readonly graver?: boolean;
  /** Set when this alarm was silenced: edges that join it stay quiet. */
  readonly silenced?: boolean;
  /** Outputs (of joined alarms) whose longest time on is over. */
  readonly exhausted?: ReadonlySet<number>;
  /** Set when the edge is a trip of a walk test: nobody is called, outputs get a pulse at most. */
  readonly walk?: WalkTrip;
  /** Modes in force where they differ from the configuration's. */
  readonly modes?: ReadonlyMap<number, OutputMode>;
  newId(): string;
}

const failed = (reason: string): Outcome => ({ kind: "failed", reason });
const suppressed = (gate: string): Outcome => ({ kind: "suppressed", gate });

/** The actions of an edge in the order in which they are carried out: outputs, recording, messages. */
export function linkageActions(linkage: Linkage, edge: Edge, context: LinkageContext): ReceiptAction[] {
  if (edge.kind === "cleared") return [];
  return [
    ...unique(linkage.outputs.map((link) => link.output)).map((output) =>
      gated({ kind: "output", output }, edge, context),
    ),
    ...unique(linkage.recordChannels)
      .filter(isThere(edge))
      .map((channel) => recordAction(channel, edge, context)),
    ...snapshotActions(linkage, edge, context),
    ...ptzActions(linkage, edge, context),
    ...unique(linkage.notifiers).map((notifier) => messageAction(notifier, edge, context)),
    ...escalationActions(linkage, edge, context),
  ];
}

/** In a walk test nobody is told: the way to them is proved, or one message goes out that says that it is a test. */
function messageAction(notifier: number, edge: Edge, context: LinkageContext): ReceiptAction {
  const made = gated({ kind: "notify", notifier }, edge, context);
  const { walk } = context;
  return walk === undefined ? made : { ...made, test: walk.send.includes(notifier) ? "send" : "probe" };
}

/** Pictures are taken at once, also while an entry delay runs; a repeat takes them anew. */
function snapshotActions({ snapshots }: Linkage, edge: Edge, context: LinkageContext): ReceiptAction[] {
  if (snapshots === undefined) return [];
  const { count, intervalS } = snapshots;
  return unique(snapshots.channels).map((channel) => {
    const settings = context.config.channels.find((one) => one.channel === channel);
    const off = settings === undefined ? "does not exist" : settings.enabled ? undefined : "is switched off";
    const held =
      context.verdict.kind === "event" ? context.verdict.gate : settings && privacyGate(settings, context.arming);
    const gate = held === undefined ? undefined : suppressed(held);
    const outcome = gate ?? (off === undefined ? undefined : failed(`channel ${channel} ${off}`));
    return action({ kind: "snapshot", channel, count, intervalS }, edge, context, outcome);
  });
}

/** Cameras are turned as outputs are switched: when zone and arming say so. */
function ptzActions({ ptz = [] }: Linkage, edge: Edge, context: LinkageContext): ReceiptAction[] {
  const again = context.repeatWithinS === undefined ? {} : { again: true as const };
  return ptz.map(({ channel, preset }) => gated({ kind: "ptz", channel, preset, ...again }, edge, context));
}

/** The source of an alarm came to rest: its cameras look back when what is recorded for it is over. */
export function backActions(linkage: Linkage, edge: Edge, newId: () => string): ReceiptAction[] {
  return (linkage.ptz ?? []).flatMap(({ channel, back }) =>
    back === undefined
      ? []
      : [
          {
            id: newId(),
            target: { kind: "ptz" as const, channel, preset: back, afterS: linkage.postRecordS },
            because: { rule: ruleName(edge), eventId: edge.eventId },
          },
        ],
  );
}

/** Messages for later: what holds a message back now holds them back too. They count from the end of an entry delay. */
function escalationActions({ escalation = [] }: Linkage, edge: Edge, context: LinkageContext): ReceiptAction[] {
  const { verdict, walk } = context;
  if (walk !== undefined)
    return escalation.flatMap(({ notifiers }) =>
      unique(notifiers).map((notifier) => action({ kind: "notify", notifier }, edge, context, suppressed(walkGate))),
    );
  const from = verdict.kind === "waits" ? wallOf(edge.decidedAt, verdict.until) : edge.decidedAt.wall;
  return escalation.flatMap(({ afterMin, notifiers }) =>
    unique(notifiers).map((notifier) => {
      const made = gated({ kind: "notify", notifier }, edge, { ...context, graver: false });
      return made.outcome === undefined ? { ...made, escalateAt: wallTime(from + minutes(afterMin)) } : made;
    }),
  );
}

/** Messages that something else saw it, too, to whom the linkage tells. Escalation goes on as it was. */
export const graverActions = (
  { notifiers }: Linkage,
  by: Edge,
  { config, newId }: Pick<LinkageContext, "config" | "newId">,
  at: WallTime,
): ReceiptAction[] =>
  unique(notifiers).map((notifier) => {
    const outcome = notifyGate(notifier, { config, verdict: { kind: "acts" } });
    return {
      id: newId(),
      target: { kind: "notify", notifier },
      because: { rule: ruleName(by), eventId: by.eventId },
      ...(outcome === undefined ? {} : { outcome, outcomeAt: at }),
    };
  });

/**
 * What the loss of a board does: records every channel that its enabled inputs are linked to and tells whom they tell.
 * It switches nothing: a broken cable is no reason for a siren or an open gate.
 */
export function tamperLinkage(config: SiteConfig, board: number): Linkage {
  const linkages = config.inputs
    .filter((input) => input.enabled && input.board === board)
    .map((input) => input.linkage);
  const most = (pick: (linkage: Linkage) => number) =>
    linkages.reduce((best, linkage) => Math.max(best, pick(linkage)), 0);
  return {
    recordChannels: unique(linkages.flatMap((linkage) => linkage.recordChannels)),
    postRecordS: most((linkage) => linkage.postRecordS),
    maxRecordS: most((linkage) => linkage.maxRecordS),
    outputs: [],
    notifiers: unique(linkages.flatMap((linkage) => linkage.notifiers)),
  };
}

/**
 * What a tampered loop does: all that its input's linkage says but its outputs, as the loss of a board does, and it
 * turns no camera, which nothing would turn back. Conditions and schedules are not asked (`loopVerdict`): it is
 * tampering at any hour.
 */
const loopLinkage = ({ linkage }: AlarmInputSettings): Linkage => ({ ...linkage, outputs: [], ptz: [] });

/** The linkage that holds for an edge now; undefined when its input is gone from the configuration. */
export const linkageOf = (config: SiteConfig, edge: Pick<Edge, "kind" | "input" | "board">): Linkage | undefined =>
  edge.kind === "tamper" && edge.board !== undefined ? tamperLinkage(config, edge.board) : inputLinkage(config, edge);

function inputLinkage(config: SiteConfig, { kind, input }: Pick<Edge, "kind" | "input">): Linkage | undefined {
  const settings = config.inputs.find((one) => one.input === input);
  return settings !== undefined && kind === "tamper" ? loopLinkage(settings) : settings?.linkage;
}

/** A camera that the edge itself says is away is not recorded for it: that would fail for sure. */
const isThere =
  ({ trigger }: Edge) =>
  (channel: number): boolean =>
    trigger?.away?.includes(channel) !== true;

/** An action that zone and arming decide about: it happens, waits for the entry delay, or has its outcome at once. */
function gated(target: GatedTarget, edge: Edge, context: LinkageContext): ReceiptAction {
  const outcome = gateOf(target, context);
  const made = action(target, edge, context, outcome);
  const { verdict } = context;
  return outcome === undefined && verdict.kind === "waits"
    ? { ...made, waitsUntil: wallOf(edge.decidedAt, verdict.until) }
    : made;
}

/** What zone and arming decide about; footage and pictures are taken at the edge. */
export type GatedTarget = Extract<ActionTarget, { kind: "output" | "notify" | "ptz" }>;

/** Why this does not happen, or can't; undefined when nothing stands against it. */
export const gateOf = (target: GatedTarget, context: Omit<LinkageContext, "newId">): Outcome | undefined =>
  target.kind === "output"
    ? outputGate(target.output, context)
    : target.kind === "ptz"
      ? ptzGate(target, context)
      : notifyGate(target.notifier, context);

/** What the zone holds back; a disarmed site does all the same what its settings let go on. */
function zoneGate(
  { verdict, config }: Pick<LinkageContext, "verdict" | "config">,
  target: ActionTarget,
): Outcome | undefined {
  if (verdict.kind !== "event") return undefined;
  const goesOn = armingOf(config).whileDisarmed;
  const allowed =
    verdict.gate === gates.disarmed &&
    ((target.kind === "output" && goesOn.outputs.includes(target.output)) ||
      (target.kind === "notify" && goesOn.notifiers.includes(target.notifier)));
  return allowed ? undefined : suppressed(verdict.gate);
}

function action(
  target: ActionTarget,
  edge: Edge,
  context: LinkageContext,
  outcome: Outcome | undefined,
): ReceiptAction {
  return {
    id: context.newId(),
    target,
    because: { rule: ruleName(edge), eventId: edge.eventId },
    ...(outcome === undefined ? {} : { outcome, outcomeAt: edge.decidedAt.wall }),
  };
}

/** For people and for searching: which linkage led to an action. */
const ruleName = ({ kind, board, input }: Edge): string =>
  kind === "tamper" && board !== undefined ? `board:${board}` : `input:${input}`;

function recordAction(channel: number, edge: Edge, context: LinkageContext): ReceiptAction {
  const settings = context.config.channels.find((candidate) => candidate.channel === channel);
  const target = { kind: "record", channel, preS: settings?.preRecordS ?? 0 } as const;
  if (settings === undefined) return action(target, edge, context, failed(`channel ${channel} does not exist`));
  if (!settings.enabled) return action(target, edge, context, failed(`channel ${channel} is switched off`));
  const gate = privacyGate(settings, context.arming) ?? context.motionGate?.(settings);
  return action(target, edge, context, gate === undefined ? undefined : suppressed(gate));
}

function outputGate(output: number, context: Omit<LinkageContext, "newId">): Outcome | undefined {
  const settings = context.config.outputs.find((candidate) => candidate.output === output);
  const held = context.walk === undefined ? zoneGate(context, { kind: "output", output }) : undefined;
  if (held !== undefined) return held;
  if (settings === undefined) return failed(`output ${output} does not exist`);
  const board = context.config.boards.find((candidate) => candidate.board === settings.board);
  if (context.verdict.kind === "acts" && context.verdict.silent === true && isHeard(settings.kind))
    return suppressed(gates.silent);
  if (board === undefined) return failed(`board ${settings.board} of output ${output} does not exist`);
  if (!board.enabled) return failed(`board ${settings.board} of output ${output} is switched off`);
  if (context.walk !== undefined)
    return walkOutputGate(context.walk, settings, context.modes?.get(output) ?? settings.mode);
  if ((context.modes?.get(output) ?? settings.mode) === "off") return suppressed(`output ${output} is set to off`);
  if (context.silenced === true) return suppressed("silenced");
  if (context.exhausted?.has(output) === true) return suppressed(`already on for ${settings.maxOnS} s in this alarm`);
  return undefined;
}

/** What a 24-hour silent zone keeps quiet. */
const isHeard = (kind: OutputKind): boolean => kind === "siren" || kind === "strobe";

function notifyGate(notifier: number, context: Omit<LinkageContext, "newId">): Outcome | undefined {
  const settings = context.config.notifiers.find((candidate) => candidate.notifier === notifier);
  const held = context.walk === undefined ? zoneGate(context, { kind: "notify", notifier }) : undefined;
  if (held !== undefined) return held;
  if (settings === undefined) return failed(`notifier ${notifier} does not exist`);
  if (!settings.enabled) return suppressed(`notifier ${notifier} is switched off`);
  if (context.walk !== undefined) return walkMessageGate(context.walk);
  if (context.repeatWithinS !== undefined && context.graver !== true)
    return suppressed(`repeat within ${context.repeatWithinS} s`);
  return undefined;
}

function ptzGate(
  target: Extract<ActionTarget, { kind: "ptz" }>,
  context: Omit<LinkageContext, "newId">,
): Outcome | undefined {
  const held = context.walk === undefined ? zoneGate(context, target) : suppressed(walkGate);
  if (held !== undefined) return held;
  const settings = context.config.channels.find((candidate) => candidate.channel === target.channel);
  if (settings === undefined) return failed(`channel ${target.channel} does not exist`);
  if (!settings.enabled) return failed(`channel ${target.channel} is switched off`);
  return settings.ptz === undefined ? failed(`channel ${target.channel} has no PTZ settings`) : undefined;
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
