/**
 * Cameras lock callers out: who refused a login twice is not asked again for 5, 15, then 30 min, until the login that
 * stands in its row is another one, or until somebody has the camera tried again. One gate a host and login, as the recorder has for its streams.
 */
import { askCredentialGate, openGate, stepCredentialGate, type CredentialGate } from "../domain/credential-gate.ts";
import { loginRefused } from "../domain/ptz-settings.ts";
import { err, type Result } from "../kernel/result.ts";
import type { Clock } from "../kernel/time.ts";
import type { PtzCamera } from "./ports.ts";

export interface LoginGates {
  /** Asks the camera, unless its gate is closed; then the answer is from memory. */
  through<T>(camera: PtzCamera, work: () => Promise<Result<T>>): Promise<Result<T>>;
  /** Somebody wants it to be asked at once, whatever it refused. */
  open(camera: PtzCamera): void;
}

/** Gates that are remembered; of more the oldest is forgotten. */
const mostGates = 200;

const keyOf = ({ host, port, username, password }: PtzCamera): string =>
  [host, port, username, password].join("\u0000");

export function openLoginGates(clock: Clock): LoginGates {
  const gates = new Map<string, CredentialGate>();
  const set = (key: string, gate: CredentialGate) => {
    gates.delete(key);
    if (gate !== openGate) gates.set(key, gate);
    for (const old of [...gates.keys()].slice(0, Math.max(0, gates.size - mostGates))) gates.delete(old);
  };
  return {
    async through(camera, work) {
      const key = keyOf(camera);
      const answer = askCredentialGate(gates.get(key) ?? openGate, clock.now());
      if (answer.kind === "wait") {
        const minutes = Math.max(1, Math.ceil((answer.until - clock.now()) / 60_000));
        return err(`the camera refused the login twice; it is asked again in ${minutes} min, or with another password`);
      }
      set(key, answer.gate);
      const result = await work();
      const refused = !result.ok && result.error === loginRefused;
      // whoever was not reached said nothing about the login
      if (refused || result.ok)
        set(
          key,
          stepCredentialGate(gates.get(key) ?? openGate, { kind: refused ? "refused" : "accepted" }, clock.now()),
        );
      return result;
    },
    open: (camera) => void gates.delete(keyOf(camera)),
  };
}
