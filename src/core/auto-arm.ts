/** Arming by the clock, carried out: looks at the time, warns, arms, and keeps what was put off over a restart. */
import { after, minutes, seconds, wallTime, type Clock, type WallTime } from "../kernel/time.ts";
import {
  autoArmStepMs,
  postponeAutoArm,
  stepAutoArm,
  type AutoArmEffect,
  type AutoArmFacts,
  type AutoArmPending,
  type AutoArmState,
} from "../domain/auto-arm.ts";
import type { SiteTime } from "../domain/schedule-gate.ts";
import type { SiteConfig } from "../domain/site-config.ts";
import type { LiveEvent } from "../messages/api.ts";
import { inLanguages, type InLanguages } from "./notify/message.ts";
import { wordsOf } from "./notify/words.ts";
import type { CoreRecord, Stamped } from "../messages/journal.ts";

export interface AutoArmDeps {
  readonly clock: Clock;
  config(): SiteConfig;
  time(): SiteTime;
  armed(): boolean;
  arm(how: { readonly armed: boolean; readonly mode?: string; readonly by: string }): void;
  announce(notifier: number, said: InLanguages): void;
  publish(event: LiveEvent): void;
  journal(record: CoreRecord): void;
}

export interface AutoArm extends Disposable {
  /** What is about to happen; undefined when nothing is. */
  readonly pending: AutoArmPending | undefined;
  /** False when nothing is about to happen. */
  postpone(byMinutes: number): boolean;
  /** Looks now: the configuration, the clock or the arming is another. */
  look(): void;
}

/** How long an arming may come after its time. */
export const autoArmLookMs = seconds(5);

/** What the life before had put off or warned of; else nothing, up to the newest record of its journal. */
export function autoArmStart(records: readonly Stamped<CoreRecord>[]): AutoArmState | undefined {
  const kept = records.flatMap(({ record }) => (record.kind === "auto-arm" ? [record.state] : [])).at(-1);
  if (kept?.postponed !== undefined || kept?.warned !== undefined) return kept;
  const newest = records.at(-1);
  return newest === undefined ? undefined : { doneUpTo: newest.wall };
}

/** Looks every few seconds, which also finds a clock that was set. */
export function startAutoArm(deps: AutoArmDeps, start: AutoArmState | undefined): AutoArm {
  const { clock } = deps;
  let state: AutoArmState = start ?? { doneUpTo: clock.wall() };
  let pending: AutoArmPending | undefined;
  let settings = fingerprint(deps.config());
  let cancel: () => void = () => undefined;
  const offset = () => clock.wall() - clock.now();
  let seen = offset();
  const put = (next: AutoArmState) => {
    const [was, is] = [keptOf(state), keptOf(next)];
    state = next;
    if (was !== is) deps.journal({ kind: "auto-arm", state });
  };
  const show = (next: AutoArmPending | undefined) => {
    if (JSON.stringify(next) === JSON.stringify(pending)) return;
    pending = next;
    deps.publish({ kind: "auto-arm", ...(next === undefined ? {} : { pending: next }) });
  };
  const look = () => {
    cancel();
    cancel = clock.wakeAt(after(clock.now(), autoArmLookMs), look);
    const now = fingerprint(deps.config());
    // another week is no reason to make up for what was not planned then
    if (now !== settings) put({ doneUpTo: clock.wall() });
    settings = now;
    const facts = factsOf(deps);
    if (facts === undefined) {
      show(undefined);
      return;
    }
    const stepped = Math.abs(offset() - seen) >= autoArmStepMs;
    seen = offset();
    const step = stepAutoArm({ ...facts, stepped }, state);
    put(step.state);
    show(step.pending);
    for (const effect of step.effects) carryOut(deps, facts, effect);
  };
  return {
    get pending() {
      return pending;
    },
    postpone(byMinutes) {
      const facts = factsOf(deps);
      const next = facts && postponeAutoArm(facts, state, minutes(byMinutes));
      if (next === undefined) return false;
      put(next);
      look();
      return true;
    },
    look,
    [Symbol.dispose]: () => cancel(),
  };
}

const keptOf = ({ postponed, warned }: AutoArmState): string => JSON.stringify([postponed, warned]);

const fingerprint = ({ site, schedules }: SiteConfig): string =>
  JSON.stringify([
    ...[site.autoArm, site.holidays, site.timeZone],
    schedules.find((one) => one.schedule === site.autoArm?.schedule),
  ]);

/** Undefined while nothing is to be armed by the clock, or the clock is not believed. */
function factsOf(deps: AutoArmDeps): AutoArmFacts | undefined {
  const { site, schedules } = deps.config();
  const schedule = schedules.find((one) => one.schedule === site.autoArm?.schedule);
  const time = deps.time();
  if (site.autoArm === undefined || schedule === undefined || !time.trusted) return undefined;
  return {
    ...{ settings: site.autoArm, schedule, holidays: site.holidays ?? [] },
    ...{ clock: time.clock, wall: deps.clock.wall(), armed: deps.armed() },
  };
}

function carryOut(deps: AutoArmDeps, { settings, schedule }: AutoArmFacts, effect: AutoArmEffect): void {
  const { site } = deps.config();
  if (effect.kind === "warn") {
    const at = hourOf(wallTime(effect.at), site.timeZone);
    const said = inLanguages({ site }, (its) => {
      const words = wordsOf(its);
      return { title: `${site.name}: ${words.armsAt(at)}`, text: words.armsWhy(schedule.name, at) };
    });
    for (const notifier of settings.notifiers) deps.announce(notifier, said);
    return;
  }
  const armed = effect.kind === "arm";
  const by = `schedule "${schedule.name}"`;
  deps.arm({ armed, by, ...(armed && settings.mode !== undefined ? { mode: settings.mode } : {}) });
}

const hourOf = (wall: WallTime, timeZone: string): string =>
  new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" }).format(wall);
