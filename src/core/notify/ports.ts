/** What the notifier asks of its surroundings, and what its ways out have in common. */
import { seconds, type Clock, type WallTime } from "../../kernel/time.ts";
import type { NotifierSettings } from "../../domain/notifier-settings.ts";
import type { SiteConfig } from "../../domain/site-config.ts";
import type { Log } from "../../platform/log.ts";
import type { DeadLetters } from "./dead-letters.ts";
import type { ObjectPictures } from "./object-pictures.ts";
import type { PictureDesk } from "./picture-desk.ts";
import type { Message } from "./message.ts";
import type { Prober } from "./probes.ts";

export interface HttpAnswer {
  readonly status: number;
  /** The first 200 characters, for the reason of a refusal. */
  readonly text: string;
}

export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | FormData | undefined;
}

/** One HTTP exchange with a time limit; rejects when no answer came. */
export type Exchange = (request: HttpRequest) => Promise<HttpAnswer>;

/**
 * How one try ended. `taken`: the receiver has it; with `lacking` when only a part of it arrived. `refused`: again would
 * be refused again. `suppressed`: it is for nobody there, and `why` is the gate. `again`: it may work later. `answer` is absent when nobody answered.
 */
export interface Try {
  readonly kind: "taken" | "refused" | "suppressed" | "again";
  /** In one sentence; empty for one that was taken whole. */
  readonly why: string;
  readonly lacking?: string;
  /** Of an `again`: some have it already, and only the others are tried again. */
  readonly partly?: true;
  readonly answer?: HttpAnswer;
}

/** What the whole of a mail may take, ms: ten megabytes of pictures over a slow line; then it is tried again. */
export const mailLimitMs = seconds(80);

/** Sends once. Rejects only for what nobody foresaw. */
export type Transport<Settings = NotifierSettings> = (
  target: Settings,
  message: Message,
  now: WallTime,
) => Promise<Try>;

export interface NotifierDeps {
  readonly clock: Clock;
  readonly log: Log;
  config(): SiteConfig;
  /** A JPEG of the channel now; undefined when there is none, with the reason in the log. */
  snapshot(channel: number): Promise<Uint8Array | undefined>;
  /** Pictures that were ordered for an edge. */
  readonly pictures: Pick<PictureDesk, "of" | "take">;
  /** Those of who closed a contact of a camera's detection. */
  readonly objectPictures?: Pick<ObjectPictures, "of">;
  readonly transport: Transport;
  /** For walk tests; absent: nothing can be proved without sending. */
  readonly probe?: Prober;
  readonly letters: DeadLetters;
  newId(): string;
  /** A message arrived there. */
  worked?(notifier: number): void;
}
