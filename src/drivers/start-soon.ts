/** The life of a driver without a connection. */
export interface Life {
  /** Begins now if that has not happened yet; false after the end. */
  begin(): boolean;
  end(): Promise<void>;
}

/**
 * Begins by itself once the caller's own code has run on, so that whoever starts a driver holds it before it reports;
 * or at the first thing that is asked of it.
 */
export function startSoon(begin: () => void): Life {
  let state: "waiting" | "begun" | "ended" = "waiting";
  const beginOnce = (): boolean => {
    if (state === "waiting") {
      state = "begun";
      begin();
    }
    return state === "begun";
  };
  queueMicrotask(beginOnce);
  return {
    begin: beginOnce,
    end() {
      state = "ended";
      return Promise.resolve();
    },
  };
}
