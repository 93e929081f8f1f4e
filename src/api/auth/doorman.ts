import type { Clock } from "../../kernel/time.ts";
import { ApiFailure } from "../failure.ts";
import type { PasswordPort } from "../ports.ts";
import { accountSlowDown, addressSlowDown, createSlowDown } from "./slow-down.ts";

/** Slows guessing of passwords and links down, per address and per account. */
export interface Doorman {
  /**
   * Before anything is checked. Throws `too-many` while this address or account has to wait; else the try counts as
   * wrong until `welcome` takes it back, so that many at once are no way round the wait.
   */
  enter(address: string, name: string): void;
  welcome(address: string, name: string): void;
  /** The hash of a password that nobody has: checking it costs an unknown name as much time as a known one. */
  nobody(): Promise<string>;
}

export function createDoorman(deps: { readonly clock: Clock; readonly passwords: PasswordPort }): Doorman {
  const addresses = createSlowDown(addressSlowDown);
  const accounts = createSlowDown(accountSlowDown);
  const account = (name: string) => name.toLowerCase();
  let nobodysHash: Promise<string> | undefined;
  return {
    enter(address, name) {
      const now = deps.clock.now();
      const waitMs = Math.max(addresses.waitMs(address, now), accounts.waitMs(account(name), now));
      if (waitMs > 0) {
        const waitS = Math.ceil(waitMs / 1000);
        throw new ApiFailure("too-many", `Too many wrong passwords. Try again in ${waitS} s.`, waitS);
      }
      addresses.refused(address, now);
      accounts.refused(account(name), now);
    },
    welcome(address, name) {
      addresses.succeeded(address);
      accounts.succeeded(account(name));
    },
    nobody: () => (nobodysHash ??= deps.passwords.hash("nobody has this password")),
  };
}
