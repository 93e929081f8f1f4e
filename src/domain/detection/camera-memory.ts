/**
 * What is known of a camera by its own word: what it has, what it says is so now, and for how long that can be believed.
 * While it is not heard nothing of it is known. The io is in its driver; time is an argument.
 */
import { after, later, seconds, type Instant } from "../../kernel/time.ts";
import type { CameraLink, CameraOffer, CameraRegion, CameraSaid } from "./camera-said.ts";
import type { SeenLevel } from "./news.ts";
import type { TargetClass } from "./objects.ts";
import { ownThings, type OwnThing } from "./own-settings.ts";
import { detectionPoints } from "./points.ts";
import type { VideoDetectionSettings } from "./settings.ts";

/** What has no end of its own lasts so long after it was said last. */
export const pulseHolds = seconds(5);
/** Things of one kind (regions, rules) that are remembered at once; a camera that says more is not believed. */
export const mostAtOnce = 64;

export interface CameraMemory {
  readonly link: CameraLink;
  /** What it has: its settings say so, or it was heard to say it since they said otherwise. */
  readonly has: ReadonlySet<OwnThing>;
  heard(link: CameraLink, at: Instant): void;
  offered(offer: CameraOffer): void;
  said(event: CameraSaid): void;
  /** Ends what has lasted long enough; when to come again. */
  pass(now: Instant): Instant | undefined;
  /** Its word of a point that is its own or could be; undefined: a point that no camera has a word for. */
  levelOf(settings: VideoDetectionSettings, point: number): SeenLevel | undefined;
}

interface Active {
  readonly said: CameraSaid;
  readonly region?: CameraRegion;
  /** Absent: until it says that it is over. */
  readonly until?: Instant;
  /** Of a rule that is not said: which ones it is not, as they ended since. */
  readonly isNot: Set<string>;
}

const keyOf = (text: string): string => text.trim().toLowerCase();
/** No rule is called so. */
const unnamedKey = (code: string): string => `\n${code}`;
const regionKey = ({ name, index }: CameraRegion): string => (name === undefined ? `#${index ?? ""}` : keyOf(name));

export function createCameraMemory(now: Instant): CameraMemory {
  let link: CameraLink = { kind: "connecting" };
  let since = now;
  const has = new Set<OwnThing>();
  const active = new Map<CameraSaid["what"], Map<string, Active>>();
  /** When each kind last changed. */
  const changed = new Map<CameraSaid["what"], Instant>();
  /** Of its rules, by their names, which kind each is. */
  const codes = new Map<string, string>();

  const of = (what: CameraSaid["what"]): Map<string, Active> => active.get(what) ?? new Map<string, Active>();
  const begin = (event: CameraSaid, key: string, region?: CameraRegion): void => {
    const rows = of(event.what);
    active.set(event.what, rows);
    if (!rows.has(key) && rows.size >= mostAtOnce) return;
    const until = event.phase === "pulse" ? { until: after(event.at, pulseHolds) } : {};
    rows.set(key, { said: event, isNot: new Set(), ...(region === undefined ? {} : { region }), ...until });
  };
  const end = (event: CameraSaid): void => {
    const rows = of(event.what);
    const keys = event.what === "motion" ? event.regions?.map(regionKey) : event.rule && [keyOf(event.rule)];
    for (const [key, one] of rows) {
      if (one.said.code !== event.code) continue;
      if (!keys || keys.includes(key) || isSomewhere(one)) rows.delete(key);
      else if (isUnnamed(one)) for (const rule of keys) if (codes.has(rule)) one.isNot.add(rule);
    }
  };
  const unnamedBeside = (rule: string): Active | undefined =>
    [...of("rule").values()].find(
      (one) => isUnnamed(one) && !one.isNot.has(rule) && (codes.get(rule) ?? one.said.code) === one.said.code,
    );
  return {
    get link() {
      return link;
    },
    has,
    heard(next, at) {
      if (next.kind !== link.kind) since = at;
      link = next;
      if (next.kind !== "online") active.clear();
    },
    offered({ things, rules }) {
      codes.clear();
      for (const { name, code } of rules) codes.set(keyOf(name), code);
      for (const [thing, is] of things) {
        if (is) has.add(thing);
        else has.delete(thing);
      }
    },
    said(event) {
      if (event.what !== "rule") has.add(event.what);
      changed.set(event.what, event.at);
      if (event.phase === "stop") end(event);
      else if (event.what === "rule")
        begin(event, event.rule === undefined ? unnamedKey(event.code) : keyOf(event.rule));
      else if (event.regions === undefined) begin(event, event.code);
      else for (const region of event.regions) begin(event, regionKey(region), region);
    },
    pass(at) {
      let next: Instant | undefined;
      for (const [what, rows] of active)
        for (const [key, { until }] of rows) {
          if (until === undefined) continue;
          if (until > at) next = next === undefined || until < next ? until : next;
          else {
            rows.delete(key);
            changed.set(what, until);
          }
        }
      return next;
    },
    levelOf(settings, point) {
      const asked = askedBy(settings, point);
      if (asked === undefined) return undefined;
      const [what, counts] = asked;
      if (link.kind !== "online") return { point, level: "unknown", at: since, reason: whyUnknown(link) };
      if (what !== "rule" && !has.has(what)) return { point, level: "unknown", at: since, reason: notItsOwn };
      const by = [...of(what).values()].find(counts);
      if (by !== undefined) return { point, level: "closed", at: by.said.at, title: titleOf(by.said) };
      const some = what === "rule" ? unnamedBeside(ruleKey(settings, point) ?? "") : undefined;
      if (some !== undefined) return { point, level: "unknown", at: some.said.at, reason: notWhich };
      return { point, level: "open", at: later(since, changed.get(what) ?? since) };
    },
  };
}

/** What moves, by the answer to a question, without where; it ends with the first place that is named. */
const isSomewhere = ({ said, region }: Active): boolean => said.what === "motion" && region === undefined;
/** One of several rules runs, by the answer to a question: one that ends by its name may not have been the only one. */
const isUnnamed = ({ said }: Active): boolean => said.what === "rule" && said.rule === undefined;

export const notWhich = "the camera does not say which of its rules it is";
export const notItsOwn = "the camera itself does not tell this";

const whyUnknown = (link: Exclude<CameraLink, { kind: "online" }>): string =>
  link.kind === "connecting" ? "the camera was not heard yet" : link.reason;

const thingOf = (point: number): OwnThing | undefined => {
  const found = ownThings.find((thing) => thing !== "motion" && detectionPoints[thing] === point);
  return found ?? (point < detectionPoints.tamper ? "motion" : undefined);
};

/** The thing that a point is; undefined of rules. */
export const thingOfPoint = (point: number): OwnThing | undefined =>
  point > detectionPoints.rule && point < detectionPoints.human ? undefined : thingOf(point);

type Counts = (one: Active) => boolean;

/** What a point asks the camera for, and what of that counts for it. */
function askedBy(settings: VideoDetectionSettings, point: number): readonly [CameraSaid["what"], Counts] | undefined {
  const thing = thingOfPoint(point);
  if (thing === "motion") return [thing, movesIn(settings, point - detectionPoints.motion)];
  if (thing !== undefined) return [thing, () => true];
  const key = ruleKey(settings, point);
  return key === undefined ? undefined : ["rule", ({ said }) => keyOf(said.rule ?? "") === key];
}

/** Of the rule of the camera's own that a point is. */
function ruleKey(settings: VideoDetectionSettings, point: number): string | undefined {
  const rule = settings.own?.rules?.find((one) => detectionPoints.rule + one.rule === point);
  return rule === undefined ? undefined : keyOf(rule.said);
}

/**
 * Does it move in this region of ours? The only one stands for the whole picture. Of several it is the one of the same
 * name, else of the same number; a camera that does not say where means all of them.
 */
function movesIn(settings: VideoDetectionSettings, index: number): Counts {
  const names = (settings.motion?.regions ?? []).map(({ name }) => keyOf(name));
  if (names.length <= 1) return () => true;
  return ({ region }) => {
    if (region === undefined) return true;
    const named = region.name === undefined ? -1 : names.indexOf(keyOf(region.name));
    return (named < 0 ? region.index : named) === index;
  };
}

const seenBy: Readonly<Record<TargetClass, string>> = {
  human: "a person, said by the camera",
  vehicle: "a vehicle, said by the camera",
};

/** What was seen, in one sentence; the German ones are in `contract/sentences/analysis.ts`. */
function titleOf({ what, rule = "", target }: CameraSaid): string {
  if (what === "human" || what === "vehicle") return seenBy[what];
  if (what !== "rule") return "said by the camera";
  if (target === "human") return `a person: "${rule}", said by the camera`;
  return target === "vehicle" ? `a vehicle: "${rule}", said by the camera` : `"${rule}", said by the camera`;
}
