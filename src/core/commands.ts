/** What the api asks for, carried out: each command is checked, done, written to the audit log and answered. */
import { assertNever } from "../kernel/machine.ts";
import { err, ok, type Result } from "../kernel/result.ts";
import { after, seconds, type Clock } from "../kernel/time.ts";
import type { EngineEffect, EngineEvent } from "../domain/engine.ts";
import type { Level } from "../domain/level.ts";
import type { PushKeys } from "../domain/push-settings.ts";
import type { DriverSettings } from "../domain/site-config.ts";
import type { Actor, BoardProbe, Command, CommandError, RestoreCommand } from "../messages/api.ts";
import { configKey } from "../messages/config-rows.ts";
import type { CoreToRecorder } from "../messages/recorder.ts";
import type { StoreWriter } from "../messages/store.ts";
import { account } from "./account-commands.ts";
import type { AlarmDesk } from "./alarm-desk.ts";
import type { AutoArm } from "./auto-arm.ts";
import { arm, bypass, postponeArming } from "./commands-arming.ts";
import { review } from "./commands-alarms.ts";
import { recordByHand, setLevel, trigger } from "./commands-events.ts";
import { keepingKeys, siteKeys } from "./commands-keys.ts";
import { messages, type NotifierDoor } from "./commands-messages.ts";
import { walkTest } from "./commands-walk.ts";
import { turnCamera } from "./commands-ptz.ts";
import { hasRow } from "./config-book.ts";
import { relayTestS, whyNoRelayTest } from "./relay-test.ts";
import { whyNoTest } from "./output-test.ts";
import type { EngineShell } from "./engine-shell.ts";
import type { FirstStart } from "./first-start.ts";
import type { LiveBook } from "./live-book.ts";
import type { People } from "./people.ts";
import type { PtzDesk } from "./ptz-desk.ts";
import type { Site } from "./site.ts";
import type { TriggerDesk } from "./trigger-desk.ts";

export interface CommandDeps {
  readonly clock: Clock;
  newId(): string;
  readonly site: Site;
  readonly engine: Pick<EngineShell, "feed" | "view">;
  readonly live: Pick<LiveBook, "publish" | "snapshot">;
  readonly store: Pick<StoreWriter, "put" | "flushed">;
  /** Everything that was journalled before is on the medium. */
  journalSynced(): Promise<void>;
  readonly desk: TriggerDesk;
  readonly alarms: AlarmDesk;
  setLevel(board: number, point: number, level: Level): boolean;
  /** A relay that is no output: on, and off again by itself. */
  pulseRelay(board: number, point: number, seconds: number): void;
  probeBoard(driver: DriverSettings): Promise<BoardProbe>;
  tellRecorder(channel: number, message: CoreToRecorder): void;
  readonly notifier: NotifierDoor;
  readonly ptz: Pick<PtzDesk, "turn" | "presets" | "tryAgain">;
  readonly firstStart: FirstStart;
  readonly people: Pick<People, "changed">;
  /** A new key for web push. */
  newPushKeys(): PushKeys;
  readonly autoArm: Pick<AutoArm, "postpone">;
}

export type Answer = Result<unknown, CommandError>;
const done: Answer = ok({});
const notFound = (message: string): Answer => err({ code: "not-found", message });
const conflict = (message: string): Answer => err({ code: "conflict", message });
const unavailable = (message: string): Answer => err({ code: "unavailable", message });

/** How long an answer waits for the disk; what is asked for has happened (and is journalled) before that. */
const diskPatience = seconds(5);

/** Carries out one command; what the answer says outlives a power cut. Never rejects. */
export async function execute(deps: CommandDeps, actor: Actor, command: Command): Promise<Answer> {
  const answer = await carryOut(deps, actor, command);
  await withPatience(deps, deps.journalSynced());
  return answer;
}

async function carryOut(deps: CommandDeps, actor: Actor, command: Command): Promise<Answer> {
  const by = `${actor.kind} ${actor.name}`;
  const audit = (details: unknown) =>
    deps.store.put({ kind: "audit", at: deps.clock.wall(), actor, what: command.kind, details });
  switch (command.kind) {
    case "put":
    case "put-all":
    case "remove":
      return configure(deps, command, audit);
    case "board-test":
      audit({ driver: command.driver.kind });
      return ok(await deps.probeBoard(command.driver));
    case "arm":
      return arm(deps, command, by, audit);
    case "bypass":
      return bypass(deps, command, by, audit);
    case "walk-start":
    case "walk-stop":
      return walkTest(deps, command, by, audit);
    case "silence":
      audit({});
      deps.engine.feed({ kind: "silence", by });
      return done;
    case "postpone-arming":
      return postponeArming(deps, command.minutes, audit);
    case "rest-outputs":
      return restOutputs(deps, { kind: "rest-outputs", confirmed: command.confirmed, by }, audit);
    case "output-mode":
      return setMode(deps, { ...command, by }, audit);
    case "relay-replaced":
      if (!hasRow(deps.site.config(), "output", command.output))
        return notFound(`there is no output ${command.output}`);
      audit({ output: command.output });
      deps.engine.feed({ ...command, by });
      return done;
    case "output-test":
      return testOutput(deps, command, by, audit);
    case "trigger":
      return trigger(deps, command, audit);
    case "record":
    case "record-stop":
      return recordByHand(deps, { ...command, by: actor.name }, audit);
    case "relay-test": {
      const refused = whyNoRelayTest(deps.site.config(), deps.live.snapshot(), command);
      if (refused !== undefined) return err(refused);
      audit({ board: command.board, point: command.point });
      deps.pulseRelay(command.board, command.point, relayTestS);
      return done;
    }
    case "virtual-input":
      audit({ board: command.board, point: command.point, level: command.level });
      return setLevel(deps, command);
    case "retry-camera":
      if (!hasRow(deps.site.config(), "channel", command.channel))
        return notFound(`there is no channel ${command.channel}`);
      audit({ channel: command.channel });
      deps.tellRecorder(command.channel, { kind: "retry", channel: command.channel });
      deps.ptz.tryAgain(command.channel);
      return done;
    case "ptz-go":
    case "ptz-presets":
      return turnCamera(deps, command, audit);
    case "acknowledge-alarm":
    case "resolve-alarm":
      deps.engine.feed({ kind: "acknowledge", alarmId: command.alarmId, by });
      return caughtUp(deps, review(deps.alarms, command, by, audit));
    case "lock-footage":
    case "release-locks":
    case "bookmark":
    case "remove-bookmark":
      return caughtUp(deps, review(deps.alarms, command, by, audit));
    case "notifier-test":
    case "dead-letters":
    case "send-letter":
    case "remove-letter":
      return messages(deps, command, audit);
    case "push-key":
    case "new-evidence-key":
      return siteKeys(deps, command, (change) => configure(deps, { kind: "put", change }, () => audit({})));
    case "restore":
      return restore(deps, command, audit);
    case "account":
      return account({ ...deps, databaseCaughtUp: () => databaseCaughtUp(deps) }, actor, command.op);
    case "audit":
      deps.store.put({ kind: "audit", at: deps.clock.wall(), actor, what: command.what, details: command.details });
      return done;
    default:
      return assertNever(command);
  }
}

const notWritten = "the database can't be written just now; try again";

type Audit = (details: unknown) => void;

async function configure(
  deps: CommandDeps,
  command: Extract<Command, { kind: "put" | "put-all" | "remove" }>,
  audit: Audit,
): Promise<Answer> {
  if (command.kind === "remove") {
    const result = deps.site.remove(command.part, command.id);
    if (!result.ok) return result;
    audit({ part: command.part, id: command.id });
  } else {
    const changes = command.kind === "put" ? [command.change] : command.changes;
    const result = deps.site.putAll(changes);
    if (!result.ok) return result;
    for (const change of changes) audit({ part: change.part, id: configKey(change) });
  }
  await databaseCaughtUp(deps);
  const parts = command.kind === "put-all" ? command.changes.map((change) => change.part) : [partOf(command)];
  for (const part of new Set(parts)) deps.live.publish({ kind: "config", part });
  return done;
}

const partOf = (command: Extract<Command, { kind: "put" | "remove" }>) =>
  command.kind === "put" ? command.change.part : command.part;

function restOutputs(
  deps: CommandDeps,
  event: Extract<EngineEvent, { kind: "rest-outputs" }>,
  audit: Audit,
): Promise<Answer> {
  return ask(deps, event, (effects) => {
    const question = effects.find((effect) => effect.kind === "confirmation-needed");
    if (question === undefined) {
      audit({ confirmed: event.confirmed });
      return done;
    }
    const names = deps.site
      .config()
      .outputs.filter((row) => question.outputs.includes(row.output))
      .map((row) => `"${row.name}" (${row.kind})`);
    return conflict(`this would also move ${names.join(" and ")}; confirm to go on`);
  });
}

async function setMode(
  deps: CommandDeps,
  event: Extract<EngineEvent, { kind: "output-mode" }>,
  audit: Audit,
): Promise<Answer> {
  const output = deps.site.config().outputs.find((row) => row.output === event.output);
  if (output === undefined) return notFound(`there is no output ${event.output}`);
  deps.engine.feed(event);
  const put = { kind: "put", change: { part: "output", value: { ...output, mode: event.mode } } } as const;
  return configure(deps, put, () => audit({ output: event.output, mode: event.mode }));
}

function testOutput(
  deps: CommandDeps,
  command: Extract<Command, { kind: "output-test" }>,
  by: string,
  audit: Audit,
): Answer {
  const { output, seconds } = command;
  const refused = whyNoTest(deps.site.config(), deps.live.snapshot(), command);
  if (refused !== undefined) return err(refused);
  audit({ output, seconds });
  deps.engine.feed({ kind: "output-test", output, seconds, by });
  return done;
}

/** Rows and accounts become the database's in one transaction; the rows stand in the journal before. */
async function restore(deps: CommandDeps, command: RestoreCommand, audit: Audit): Promise<Answer> {
  const { parts, rows, accounts } = command;
  const at = deps.clock.wall();
  const result = deps.site.restore(
    parts,
    keepingKeys(rows, deps.site.config(), at),
    accounts.map((op) => ({ kind: "account", op, at }) as const),
  );
  if (!result.ok) return result;
  audit({ parts, rows: rows.length, accounts: accounts.length });
  for (const op of accounts) {
    deps.people.changed(op);
    if (op.kind === "restore-user") deps.firstStart.created(op.name);
  }
  if (!(await databaseCaughtUp(deps))) return unavailable(notWritten);
  for (const part of parts) deps.live.publish({ kind: "config", part });
  return done;
}

/** The answer, once what was put before is in the database: who reads afterwards sees it. */
async function caughtUp(deps: CommandDeps, answer: Answer): Promise<Answer> {
  await databaseCaughtUp(deps);
  return answer;
}

/** True once everything put before is committed; false when that takes longer than 5 s. */
const databaseCaughtUp = (deps: CommandDeps): Promise<boolean> => withPatience(deps, deps.store.flushed());

function withPatience({ clock }: CommandDeps, work: Promise<void>): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const cancel = clock.wakeAt(after(clock.now(), diskPatience), () => resolve(false));
    work.then(() => {
      cancel();
      resolve(true);
    }, reject);
  });
}

function ask(
  deps: CommandDeps,
  event: EngineEvent,
  answer: (effects: readonly EngineEffect[]) => Answer,
): Promise<Answer> {
  return new Promise((resolve) => deps.engine.feed(event, (effects) => resolve(answer(effects))));
}
