import { useInterval } from "@mantine/hooks";
import { useState } from "react";

/** The browser's time, again every `ms`; for ages that are shown. */
export function useNow(ms = 1000): number {
  const [now, setNow] = useState(() => Date.now());
  useInterval(() => setNow(Date.now()), ms, { autoInvoke: true });
  return now;
}
