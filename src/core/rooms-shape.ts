/** What the rooms of core are to `compose.ts`. */
import type { Actor, Command, ProcessState } from "../messages/api.ts";
import type { ApiLink } from "./api-link.ts";
import type { execute } from "./commands.ts";
import type { EngineShell } from "./engine-shell.ts";
import type { LiveBook } from "./live-book.ts";
import type { RecorderLink } from "./recorder-link.ts";
import type { Site } from "./site.ts";

export interface Rooms {
  readonly site: Site;
  readonly engine: EngineShell;
  readonly live: LiveBook;
  readonly recorders: RecorderLink;
  readonly clients: ApiLink;
  /** What the api would ask for, asked for by Reed itself. */
  execute(actor: Actor, command: Command): ReturnType<typeof execute>;
  /** Lets the boards in and resolves what the life before left open. Once everything else is up. */
  begin(): void;
  processState(state: ProcessState): void;
  /** First half of a clean stop: sirens to rest, boards let go, recorders and clients asked to end. */
  quieten(): Promise<void>;
  /** Second half, after the children ended: the journal says so and is on the medium. */
  close(): Promise<void>;
}
