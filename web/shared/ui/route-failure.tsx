import type { ErrorComponentProps } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { ErrorNote } from "./error-note.tsx";

/** A page that broke says so, and can be tried again without leaving it. */
export function RouteFailure({ error, reset }: ErrorComponentProps): ReactElement {
  return <ErrorNote error={error instanceof Error ? error : new Error(String(error))} onRetry={reset} />;
}
