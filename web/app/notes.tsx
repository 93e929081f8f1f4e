import { Notifications } from "@mantine/notifications";
import type { ReactElement } from "react";

/** Height of the bar with Apply and Discard and its distance from the edge, px; on a phone it may take two lines. */
const aboveApply = { base: 112, sm: 72 } as const;

/** Where notes are shown: never over Apply. A file of its own: its code comes with the first note. */
export default function Notes(): ReactElement {
  return <Notifications position="bottom-right" mb={aboveApply} />;
}
