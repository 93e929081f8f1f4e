import { notifications } from "@mantine/notifications";
import i18next from "i18next";

/** Screen readers have no cross to see. */
const closing = () => ({ closeButtonProps: { "aria-label": i18next.t("close") } });

/** A short note that something was done. */
export const tellDone = (message: string): void => void notifications.show({ color: "teal", message, ...closing() });

/** The server's sentence when something was refused; stays until it is read. */
export const tellFailure = (title: string, error: Error): void =>
  void notifications.show({ color: "red", title, message: error.message, autoClose: 15_000, ...closing() });
