import { MantineProvider, mergeThemeOverrides, type MantineThemeOverride } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { useNotifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { lazy, Suspense, useMemo, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, onLoggedOut } from "../shared/api-client.ts";
import { PageSkeleton } from "../shared/ui/page-skeleton.tsx";
import { router } from "./router.tsx";
import { cssVariables, theme } from "./theme.ts";

/** A refusal stays one; only a missing answer is worth another try. */
const worthAnotherTry = (failures: number, error: Error): boolean =>
  failures < 2 && error instanceof ApiError && (error.status === 0 || error.status === 503);

const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: 5000, retry: worthAnotherTry, refetchOnWindowFocus: true } },
});

onLoggedOut(() => {
  const ended = queries.getQueryData(["me"]) !== undefined ? { ended: true } : {};
  const { pathname, href } = router.state.location;
  if (pathname === "/login" || pathname === "/setup") return;
  // what was read is not for whoever logs in next
  void router
    .navigate({ to: "/login", search: { next: href, ...ended } })
    .then(() => queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "setup" }));
});

/** The crosses of dialogs and notes have a name, in the reader's language. */
function useNamedTheme(): MantineThemeOverride {
  const { t } = useTranslation("common");
  const close = t("close");
  return useMemo(() => {
    const defaultProps = { closeButtonProps: { "aria-label": close } };
    // Mantine's grey of a note's text is too faint
    const styles = { description: { color: "var(--mantine-color-dimmed)" } };
    return mergeThemeOverrides(theme, {
      components: { Modal: { defaultProps }, Notification: { defaultProps, styles } },
    });
  }, [close]);
}

const Notes = lazy(() => import("./notes.tsx"));

/** The place for notes, from the first one on: most visits begin without any. */
function FirstNote(): ReactElement | null {
  const [wanted, setWanted] = useState(false);
  const { notifications } = useNotifications();
  if (!wanted && notifications.length > 0) setWanted(true);
  return wanted ? (
    <Suspense>
      <Notes />
    </Suspense>
  ) : null;
}

export function Providers(): ReactElement {
  const named = useNamedTheme();
  return (
    <QueryClientProvider client={queries}>
      <MantineProvider theme={named} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <ModalsProvider>
          <FirstNote />
          <Suspense fallback={<PageSkeleton />}>
            <RouterProvider router={router} />
          </Suspense>
        </ModalsProvider>
      </MantineProvider>
    </QueryClientProvider>
  );
}
