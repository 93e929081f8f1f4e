import { Notifications } from "@mantine/notifications";
import type { ReactElement } from "react";

/** Where notes are shown. A file of its own: its code comes with the first note. */
export default function Notes(): ReactElement {
  return <Notifications position="bottom-right" />;
}
