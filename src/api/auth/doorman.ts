import type { Clock } from "../../kernel/time.ts";
import { ApiFailure } from "../failure.ts";
import type { PasswordPort } from "../ports.ts";
import { accountSlowDown, addressSlowDown, createSlowDown } from "./slow-down.ts";

/** Slows guessing of passwords and links down, per address and per account. */
export interface Doorman {
  /** Throws `too-many` while this address or account has to wait. */
  let(address: string, name: string): void;
  refuse(address: string, name: string): void;
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
    let(address, name) {
      const now = deps.clock.now();
      const waitMs = Math.max(addresses.waitMs(address, now), accounts.waitMs(account(name), now));
      if (waitMs > 0) {
        const waitS = Math.ceil(waitMs / 1000);
        throw new ApiFailure("too-many", `Too many wrong passwords. Try again in ${waitS} s.`, waitS);
      }
    },
    refuse(address, name) {
      addresses.refused(address, deps.clock.now());
      accounts.refused(account(name), deps.clock.now());
    },
    welcome(address, name) {
      addresses.succeeded(address);
      accounts.succeeded(account(name));
    },
    nobody: () => (nobodysHash ??= deps.passwords.hash("nobody has this password")),
  };
}
