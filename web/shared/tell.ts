import { notifications } from "@mantine/notifications";
import { saidOf } from "./said.ts";

/** A short note that something was done; gone soon, as it covers the bottom of a phone. */
export const tellDone = (message: string): void => void notifications.show({ color: "teal", message, autoClose: 2500 });

/** The server's sentence when something was refused; stays until it is read. */
export const tellFailure = (title: string, error: Error): void =>
  void notifications.show({ color: "red", title, message: saidOf(error), autoClose: 15_000 });
