import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { createSession, type Session, type SessionState } from "./session.ts";

/** A session that lives as long as the component and `zero`; a new one goes on where the old one was. */
export function useSession(zero: number, start: number): Session | undefined {
  const [session, setSession] = useState<Session>();
  const first = useRef(start);
  useEffect(() => {
    const made = createSession(zero, Math.max(zero, first.current));
    setSession(made);
    return () => {
      first.current = made.state.position;
      made.close();
    };
  }, [zero]);
  return session;
}

/** A part of what is true now. `select` gives a number, a text or an object that stays the same while nothing changes. */
export const useSessionState = <T>(session: Session, select: (state: SessionState) => T): T =>
  useSyncExternalStore(session.subscribe, () => select(session.state));

/** The position in steps of `stepMs`, so that who only draws it is not drawn again all the time. */
export const usePosition = (session: Session, stepMs: number): number =>
  useSessionState(session, ({ position }) => Math.round(position / stepMs) * stepMs);
