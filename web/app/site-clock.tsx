import { Text } from "@mantine/core";
import { useInterval } from "@mantine/hooks";
import { useState, type ReactElement } from "react";
import { useFormat } from "../shared/site-data.ts";

/** The time at the site, with seconds. */
export function SiteClock(): ReactElement {
  const format = useFormat();
  const [now, setNow] = useState(() => Date.now());
  useInterval(() => setNow(Date.now()), 1000, { autoInvoke: true });
  return (
    <Text size="sm" ff="monospace" visibleFrom="sm" title={format.timeZone}>
      {format.time(now)}
    </Text>
  );
}
