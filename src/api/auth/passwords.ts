import { hash, verify } from "@node-rs/argon2";
import type { PasswordPort } from "../ports.ts";
import { ApiFailure } from "../failure.ts";

/** OWASP's first choice for argon2id: 19 MiB, 2 passes, 1 lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes at once, and how many may wait: guessing must not take the machine away from recording. */
const atOnce = 1;
const mostWaiting = 16;

/** argon2id in the library's own threads, a few at a time. */
export function argonPasswords(): PasswordPort {
  const limited = limit(atOnce, mostWaiting);
  return {
    hash: (password) => limited(() => hash(password, cost)),
    verify: (stored, password) => limited(() => verify(stored, password)),
  };
}

function limit(most: number, queue: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= most) {
      if (waiting.length >= queue) throw new ApiFailure("too-many", "Too many logins at once. Try again.", 2);
      await new Promise<void>((go) => waiting.push(go));
    } else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
