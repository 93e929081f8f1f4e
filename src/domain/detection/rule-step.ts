/**
 * The rules of one camera, picture by picture: which objects do what is asked for, and which contacts are closed for it.
 * Pure; the same pictures give the same, in whatever order their objects come.
 *
 * A contact is closed while its rule sees what it asks for, and for `closedMs` after it last did: a crossing closes it
 * for that long, somebody in an area for as long as they are seen there.
 */
import { targetClassOf, type ObjectBox, type TargetClass, type TrackedObject } from "./objects.ts";
import { forgivenMs, stepPlace, type Deed, type Place } from "./rule-place.ts";
import { isSure, sightCounts, withSight } from "./rule-sureness.ts";
import { titleOf } from "./rule-title.ts";
import { ruleScale, type DetectionRule, type RulePoint } from "./rules.ts";

/** Milliseconds that a contact stays closed after its rule last saw something. */
export const closedMs = 1000;
/** Milliseconds that an object which is not seen is remembered. */
export const rememberedMs = forgivenMs;
/** Objects of a camera that are followed at once; the newest ones. */
export const mostFollowed = 200;
/** Milliseconds and share of the object's height within which one that is new is one that was lost just now. */
const heir = { ms: 1000, heights: 0.5 } as const;

interface OnRule {
  readonly place: Place;
  /** As `withSight` writes it. */
  readonly sights: number;
  /** It did this before it was sure what it is. */
  readonly owed?: { readonly deed: Deed; readonly at: number };
  /** When it last was as the rule asks for. */
  readonly lastedAt?: number;
}

interface Followed {
  readonly track: number;
  readonly seenAt: number;
  readonly point: RulePoint;
  readonly height: number;
  readonly target: TargetClass;
  /** One for each rule, in their order. */
  readonly rules: readonly OnRule[];
}

export interface RuleState {
  readonly followed: readonly Followed[];
  /** Contacts that are closed, in the order of their rules. */
  readonly closed: readonly ClosedRule[];
}

export interface ClosedRule {
  readonly rule: number;
  /** From when on it is open again if nothing more is seen. */
  readonly until: number;
  /** What it saw, in words. */
  readonly title: string;
}

/** An object began to do what a rule asks for. */
export interface RuleHit {
  readonly rule: number;
  readonly at: number;
  readonly track: number;
  readonly label: string;
  readonly box: ObjectBox;
  readonly title: string;
}

export interface RuleStep {
  readonly state: RuleState;
  readonly hits: readonly RuleHit[];
  /** The contacts that are closed at this instant. */
  readonly closed: readonly ClosedRule[];
}

/** Before the first picture, and after the rules were changed. */
export const noRuleState: RuleState = { followed: [], closed: [] };

/** One picture was looked at, `at` (ms, never backwards); `tracked` is empty when there is nobody. */
export function stepRules(
  rules: readonly DetectionRule[],
  state: RuleState,
  tracked: readonly TrackedObject[],
  at: number,
): RuleStep {
  const known = state.followed.filter(({ seenAt }) => at - seenAt <= rememberedMs);
  const seen = tracked
    .filter(({ label }) => targetClassOf(label) !== undefined)
    .toSorted((a, b) => a.track - b.track)
    .filter(({ track }, index, all) => track !== all[index - 1]?.track);
  const before = pastOf(known, seen, at);
  const steps = seen.map((object) => stepObject(rules, object, before.get(object.track), at));
  const numbers = new Set([...seen.map(({ track }) => track), ...[...before.values()].map(({ track }) => track)]);
  const unseen = known.filter(({ track }) => !numbers.has(track));
  const followed = [...unseen, ...steps.flatMap(({ now }) => (now === undefined ? [] : [now]))];
  const hits = steps.flatMap((step) => step.hits);
  const lasting = steps.flatMap((step) => step.lasting);
  const closed = closedAfter(rules, state.closed, [...hits, ...lasting], at);
  return { state: { followed: newest(followed), closed }, hits, closed };
}

/** The contacts that are closed at an instant at which no picture came. */
export const closedAt = (state: RuleState, at: number): readonly ClosedRule[] =>
  state.closed.filter(({ until }) => at < until);

/** Somebody whom a rule goes by was seen just now: worth another look even where nothing moves. */
export const isFollowing = (state: RuleState, at: number): boolean =>
  state.followed.some(({ seenAt }) => at - seenAt <= rememberedMs);

const newest = (followed: readonly Followed[]): readonly Followed[] =>
  followed.length <= mostFollowed
    ? followed
    : followed.toSorted((a, b) => b.seenAt - a.seenAt || b.track - a.track).slice(0, mostFollowed);

/** What is known of each object of a picture, by its number: its own past, or that of one whose number it took over. */
function pastOf(known: readonly Followed[], seen: readonly TrackedObject[], at: number): ReadonlyMap<number, Followed> {
  const past = new Map(known.map((one) => [one.track, one]));
  const lost = known.filter((one) => at - one.seenAt <= heir.ms && !seen.some(({ track }) => track === one.track));
  const pairs = seen
    .filter(({ track }) => !past.has(track))
    .flatMap((object) => lost.flatMap((one) => likeness(one, object)))
    .toSorted((a, b) => a.away - b.away || a.from.track - b.from.track || a.track - b.track);
  const given = new Set<number>();
  for (const { from, track } of pairs) {
    if (given.has(from.track) || past.has(track)) continue;
    given.add(from.track);
    past.set(track, from);
  }
  return new Map(seen.flatMap(({ track }) => onlyKnown(track, past.get(track))));
}

const onlyKnown = (track: number, past: Followed | undefined): (readonly [number, Followed])[] =>
  past === undefined ? [] : [[track, past]];

/** How far the object is from where the lost one was; empty when it is nobody who could be it. */
function likeness(from: Followed, object: TrackedObject): { from: Followed; track: number; away: number }[] {
  const point = onPicture(object.foot);
  const away = Math.hypot(point.x - from.point.x, point.y - from.point.y);
  const reach = heir.heights * Math.max(from.height, object.box.height * ruleScale);
  return targetClassOf(object.label) === from.target && away <= reach ? [{ from, track: object.track, away }] : [];
}

const onPicture = ({ x, y }: { readonly x: number; readonly y: number }): RulePoint => ({
  x: Math.round(x * ruleScale),
  y: Math.round(y * ruleScale),
});

/** A box trembles with its size: a tenth of its height, at least 0.5 % and at most 3 % of the picture. */
const marginOf = (height: number): number => Math.min(0.03 * ruleScale, Math.max(0.005 * ruleScale, height / 10));

interface ObjectStep {
  readonly now?: Followed;
  readonly hits: readonly RuleHit[];
  /** What goes on, for contacts. */
  readonly lasting: readonly { readonly rule: number; readonly title: string }[];
}

function stepObject(
  rules: readonly DetectionRule[],
  object: TrackedObject,
  past: Followed | undefined,
  at: number,
): ObjectStep {
  const target = targetClassOf(object.label);
  if (target === undefined) return { hits: [], lasting: [] };
  const [point, height] = [onPicture(object.foot), object.box.height * ruleScale];
  const foot = { at, point, margin: marginOf(height) };
  const steps = rules.map((rule, index) => {
    const before = past?.rules[index];
    const moved = stepPlace(rule, foot, past && before ? { place: before.place, point: past.point } : undefined);
    return { rule, ...decide(rule, { object, before, at }, moved) };
  });
  const titled = steps.map((step) => ({ ...step, title: titleOf(step.rule, step.deed, target) }));
  const { track, label, box } = object;
  return {
    now: { track, seenAt: at, point, height, target, rules: steps.map(({ now }) => now) },
    hits: titled.flatMap(({ rule, began, title }) =>
      began ? [{ rule: rule.rule, at, track, label, box, title }] : [],
    ),
    lasting: titled.flatMap(({ rule, lasts, title }) => (lasts ? [{ rule: rule.rule, title }] : [])),
  };
}

interface Sight {
  readonly object: TrackedObject;
  readonly before: OnRule | undefined;
  readonly at: number;
}

/** Whether it counts: only for a rule that is on, and from an object of which it is sure enough what it is. */
function decide(
  rule: DetectionRule,
  { object, before, at }: Sight,
  moved: { readonly place: Place; readonly deed?: Deed; readonly lasts: boolean },
): { readonly now: OnRule; readonly began: boolean; readonly lasts: boolean; readonly deed?: Deed } {
  const sights = withSight(before?.sights ?? 0, sightCounts(rule, object));
  const sure = rule.enabled && isSure(rule, sights);
  const owed = before?.owed !== undefined && at - before.owed.at <= forgivenMs ? before.owed : undefined;
  const deed = moved.deed ?? owed?.deed;
  const lasts = sure && moved.lasts;
  const fresh = before?.lastedAt === undefined || at - before.lastedAt > closedMs;
  const open = deed === undefined || sure ? undefined : { deed, at: moved.deed === undefined ? (owed?.at ?? at) : at };
  const lastedAt = lasts ? at : before?.lastedAt;
  return {
    now: {
      ...{ place: moved.place, sights },
      ...(open === undefined ? {} : { owed: open }),
      ...(lastedAt === undefined ? {} : { lastedAt }),
    },
    began: (sure && deed !== undefined) || (lasts && fresh),
    lasts,
    ...(deed === undefined ? {} : { deed }),
  };
}

/** A title stays as long as its contact is closed: it says what closed it. */
function closedAfter(
  rules: readonly DetectionRule[],
  before: readonly ClosedRule[],
  seen: readonly { readonly rule: number; readonly title: string }[],
  at: number,
): readonly ClosedRule[] {
  return rules.flatMap(({ rule, enabled }): ClosedRule[] => {
    const was = before.find((one) => one.rule === rule && at < one.until);
    const now = enabled ? seen.find((one) => one.rule === rule) : undefined;
    if (now !== undefined) return [{ rule, until: at + closedMs, title: was?.title ?? now.title }];
    return was === undefined || !enabled ? [] : [was];
  });
}
