/** What the notifier asks of its surroundings. */
import type { Clock } from "../../kernel/time.ts";
import type { SiteConfig } from "../../domain/site-config.ts";
import type { Log } from "../../platform/log.ts";

export interface HttpAnswer {
  readonly status: number;
  /** The first 200 characters, for the reason of a refusal. */
  readonly text: string;
}

export interface HttpRequest {
  readonly method: "POST" | "PUT";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export interface NotifierDeps {
  readonly clock: Clock;
  readonly log: Log;
  config(): SiteConfig;
  /** A JPEG of the channel now; undefined when there is none, with the reason in the log. */
  snapshot(channel: number): Promise<Uint8Array | undefined>;
  /** One HTTP exchange with a time limit; rejects when no answer came. Defaults to the platform's `fetch`. */
  readonly exchange?: (request: HttpRequest) => Promise<HttpAnswer>;
}
