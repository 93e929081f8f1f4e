import { useCallback, useState } from "react";

/** Settings that are being changed: what is shown, whether it differs from what is saved, and the way back. */
export interface Draft<T> {
  readonly value: T;
  readonly dirty: boolean;
  /** Sets some members. */
  readonly set: (part: Partial<T>) => void;
  readonly discard: () => void;
}

/** Whether two values of settings are alike (JSON values; the order of members does not count). */
export function alike(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [left, right] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  const keys = new Set([...left.keys(), ...right.keys()]);
  return [...keys].every((key) => alike(left.get(key), right.get(key)));
}

/**
 * A draft over what is saved. While nothing was changed it follows `saved`, also when somebody else changes it; what
 * was changed here stays until Apply or Discard.
 */
export function useDraft<T extends object>(saved: T): Draft<T> {
  const [changes, setChanges] = useState<Partial<T>>({});
  const value = { ...saved, ...changes };
  const set = useCallback((part: Partial<T>) => setChanges((before) => ({ ...before, ...part })), []);
  const discard = useCallback(() => setChanges({}), []);
  return { value, dirty: !alike(value, saved), set, discard };
}
