import type { ReactElement } from "react";
import { useFormat } from "../site-data.ts";

interface TimeTextProps {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly at: number;
  /** Also the day, unless it stands beside it. */
  readonly withDay?: boolean;
}

/** A moment in the site's zone, with seconds. */
export function TimeText({ at, withDay = true }: TimeTextProps): ReactElement {
  const format = useFormat();
  return (
    <time dateTime={new Date(at).toISOString()} title={format.timeZone}>
      {withDay ? format.dateTime(at) : format.time(at)}
    </time>
  );
}
