/** What the rooms of core stand on; `compose.ts` has it. */
import type { Clock, WallTime } from "../kernel/time.ts";
import type { AutoArmState } from "../domain/auto-arm.ts";
import type { ClockFacts } from "../domain/clock-trust.ts";
import type { EngineMemory } from "../domain/engine.ts";
import type { Outcome } from "../domain/receipt.ts";
import type { PushKeys } from "../domain/push-settings.ts";
import type { SiteConfig } from "../domain/site-config.ts";
import type { ProcessRole } from "../messages/health.ts";
import type { TroubleReport } from "../messages/recorder.ts";
import type { KnownAlarms, KnownLocks, StoreWriter } from "../messages/store.ts";
import type { Log } from "../platform/log.ts";
import type { NotifierDoor } from "./commands-messages.ts";
import type { InLanguages } from "./notify/message.ts";
import type { NotifyEffect, SnapshotOrder } from "./engine-shell.ts";
import type { FirstStart } from "./first-start.ts";
import type { People } from "./people.ts";
import type { ConfigSealer, CreateDriver } from "./ports.ts";
import type { EventSources } from "./own-words.ts";
import type { PtzDesk } from "./ptz-desk.ts";
import type { ObjectTrip } from "./detection-report.ts";
import type { PictureShelf } from "./picture-shelf.ts";
import type { PlanFrame } from "./recorder-plan.ts";

export interface RoomsDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  readonly pid: number;
  readonly journalFolder: string;
  readonly config: SiteConfig;
  readonly memory: EngineMemory | undefined;
  /** Troubles that were open when the life before was cut off. */
  readonly leftTroubles: readonly TroubleReport[];
  /** Alarms and locks of the life before. */
  readonly known: { readonly alarms: KnownAlarms; readonly locks: KnownLocks; readonly recorded?: readonly number[] };
  readonly sealer: ConfigSealer;
  readonly createDriver: CreateDriver;
  readonly store: StoreWriter;
  /** How many recorder processes the channels are distributed over. */
  readonly recorders: number;
  readonly frame: PlanFrame;
  newId(): string;
  clockFacts(): ClockFacts;
  /** What arming by the clock goes on from. */
  readonly autoArmStart: AutoArmState | undefined;
  /** Tells somebody something that is no edge. */
  announce(notifier: number, said: InLanguages): Promise<unknown>;
  /** The newest wall time of the journal of the life before. */
  readonly lastSeen: WallTime | undefined;
  /** `test`: of a walk test. */
  notify(effect: NotifyEffect): Promise<Outcome>;
  snapshots(order: SnapshotOrder): Promise<Outcome>;
  /** Somebody closed a contact of a camera's detection, and their picture lies on the disk. */
  objectTripped?(trip: ObjectTrip): void;
  /** What this channel shows now, for pictures by the clock. Rejects with a sentence. */
  picture(channel: number): Promise<Uint8Array>;
  readonly pictureShelf: PictureShelf;
  readonly notifier: NotifierDoor;
  readonly ptz: PtzDesk;
  /** How cameras are heard that say by themselves what they see. */
  readonly cameraEvents: EventSources;
  readonly firstStart: FirstStart;
  readonly people: Pick<People, "changed">;
  newPushKeys(): PushKeys;
  /** The engine can't go on: whoever started this process starts it again. */
  broken(error: unknown): void;
  /** A child process said hello, or its connection closed. False: it is wanted no more. */
  connected(role: ProcessRole, index: number, pid: number): boolean;
  disconnected(role: ProcessRole, index: number): void;
  /** A process does not answer whom it works for: it is ended and started again. */
  silent(role: ProcessRole, index: number): void;
}
