/** Commands about messages: a test, and those that did not arrive. */
import { err, ok, type Result } from "../kernel/result.ts";
import type { SiteConfig } from "../domain/site-config.ts";
import type { Command, CommandError, NotifierTestAnswer } from "../messages/api.ts";
import type { DeadLetter } from "../messages/dead-letter.ts";
import { hasRow } from "./config-book.ts";

/** What the rest of core asks of those who tell people. */
export interface NotifierDoor {
  test(notifier: number): Promise<NotifierTestAnswer>;
  sendAgain(letter: string): Promise<NotifierTestAnswer>;
  readonly letters: {
    list(): readonly DeadLetter[];
    get(id: string): unknown;
    remove(id: string): Promise<void>;
    onChange(told: (count: number) => void): void;
  };
}

interface MessageDeps {
  readonly site: { config(): SiteConfig };
  readonly notifier: NotifierDoor;
}

type MessageCommand = Extract<Command, { kind: "notifier-test" | "dead-letters" | "send-letter" | "remove-letter" }>;
type Answer = Result<unknown, CommandError>;

/** Never rejects. */
export async function messages(
  { site, notifier }: MessageDeps,
  command: MessageCommand,
  audit: (details: unknown) => void,
): Promise<Answer> {
  if (command.kind === "dead-letters") return ok(notifier.letters.list());
  if (command.kind === "notifier-test") {
    if (!hasRow(site.config(), "notifier", command.notifier))
      return err({ code: "not-found", message: `there is no notifier ${command.notifier}` });
    audit({ notifier: command.notifier });
    return ok(await notifier.test(command.notifier));
  }
  if (notifier.letters.get(command.letter) === undefined)
    return err({ code: "not-found", message: "this message is not kept any more" });
  audit({ letter: command.letter });
  if (command.kind === "send-letter") return ok(await notifier.sendAgain(command.letter));
  await notifier.letters.remove(command.letter);
  return ok({});
}
