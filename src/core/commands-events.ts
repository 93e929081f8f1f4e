/** Commands that become an event with a receipt: software triggers, virtual contacts and recording by hand. */
import { err, ok, type Result } from "../kernel/result.ts";
import { inputPoints } from "../domain/board-points.ts";
import type { EngineEffect, EngineEvent } from "../domain/engine.ts";
import type { Command, CommandError, TriggerAnswer } from "../messages/api.ts";
import type { CommandDeps } from "./commands.ts";
import { hasRow } from "./config-book.ts";

type Answer = Result<unknown, CommandError>;
type Audit = (details: unknown) => void;
type EventDeps = Pick<CommandDeps, "engine" | "site" | "desk">;
const notFound = (message: string): Answer => err({ code: "not-found", message });
const conflict = (message: string): Answer => err({ code: "conflict", message });

/** Raises, ends or pulses an input by software. */
export async function trigger(
  deps: EventDeps,
  command: Extract<Command, { kind: "trigger" }>,
  audit: Audit,
): Promise<Answer> {
  const { board, point, verb, eventId, maxS, title } = command;
  const settings = deps.site.config().boards.find((row) => row.board === board);
  if (settings === undefined) return notFound(`there is no board ${board}`);
  if (!inputPoints(settings.driver).includes(point)) return notFound(`board "${settings.name}" has no point ${point}`);
  const event: EngineEvent = {
    kind: "trigger",
    board,
    point,
    verb,
    ...(eventId === undefined ? {} : { eventId }),
    ...(maxS === undefined ? {} : { maxS }),
    ...(title === undefined ? {} : { title }),
  };
  return raise(deps, event, () => audit({ board, point, verb, eventId }));
}

/** "Record now" and its end. */
export function recordByHand(
  deps: EventDeps,
  event: Extract<EngineEvent, { kind: "record" | "record-stop" }>,
  audit: Audit,
): Promise<Answer> {
  if (!hasRow(deps.site.config(), "channel", event.channel))
    return Promise.resolve(notFound(`there is no channel ${event.channel}`));
  const { channel } = event;
  return raise(deps, event, () => audit({ channel, ...(event.kind === "record" ? { maxS: event.maxS } : {}) }));
}

/** Feeds what becomes an event with a receipt, and answers what its cameras said. */
async function raise(
  deps: EventDeps,
  event: Extract<EngineEvent, { kind: "trigger" | "record" | "record-stop" }>,
  audit: () => void,
): Promise<Answer> {
  const effects = await new Promise<readonly EngineEffect[]>((resolve) => deps.engine.feed(event, resolve));
  audit();
  const refused = effects.find((effect) => effect.kind === "trigger-refused");
  if (refused !== undefined) return conflict(refused.reason);
  const became = effects.find((effect) => effect.kind === "triggered");
  if (became === undefined) return ok<TriggerAnswer>({ eventId: callerIdOf(event), repeated: false, cameras: [] });
  const receipt =
    effects.flatMap((effect) => (effect.kind === "receipt-changed" ? [effect.receipt] : [])).find(isOf(became)) ??
    deps.engine.view().openReceipts.find(isOf(became)) ??
    deps.desk.known(became.eventId);
  const cameras = receipt === undefined ? [] : await deps.desk.cameras(receipt);
  return ok<TriggerAnswer>({ eventId: became.eventId, repeated: became.repeated, cameras });
}

const callerIdOf = (event: EngineEvent): string => ("eventId" in event ? (event.eventId ?? "") : "");

const isOf =
  (became: { readonly eventId: string }) =>
  (receipt: { readonly edge: { readonly eventId: string } }): boolean =>
    receipt.edge.eventId === became.eventId;

/** The level of a virtual board's contact. */
export function setLevel(
  deps: Pick<CommandDeps, "site" | "setLevel">,
  command: Extract<Command, { kind: "virtual-input" }>,
): Answer {
  const board = deps.site.config().boards.find((row) => row.board === command.board);
  if (board === undefined) return notFound(`there is no board ${command.board}`);
  if (board.driver.kind !== "virtual")
    return err({ code: "invalid", message: `board "${board.name}" is a real one; its contacts are not set` });
  if (!inputPoints(board.driver).includes(command.point))
    return notFound(`board "${board.name}" has no point ${command.point}`);
  return deps.setLevel(command.board, command.point, command.level)
    ? ok({})
    : err({ code: "unavailable", message: `board "${board.name}" is switched off` });
}
