import { AppShell, Loader, Center } from "@mantine/core";
import { useDisclosure, useHotkeys, useMediaQuery } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { Outlet, useLocation } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { startEventStream } from "../shared/event-stream.ts";
import { followLogin } from "../shared/follow-login.ts";
import { useOwnPreferences } from "../shared/preferences.ts";
import { followConfig, useMay, useMe } from "../shared/site-data.ts";
import { PageSkeleton } from "../shared/ui/page-skeleton.tsx";
import { AlarmSound } from "./alarm-sound.tsx";
import { AlarmNotices } from "./alarm-notices.tsx";
import { LinkBanner } from "./link-banner.tsx";
import { Navigation } from "./navigation.tsx";
import classes from "./shell.module.css";
import { TopBar } from "./top-bar.tsx";

const ChecklistCard = lazy(() => import("../features/first-start/components/checklist-card.tsx"));

const SearchBox = lazy(() => import("./search-box.tsx"));

function Search(): ReactElement | null {
  const [wanted, setWanted] = useState(false);
  useHotkeys(wanted ? [] : [["mod+K", () => setWanted(true)]]);
  return wanted ? (
    <Suspense>
      <SearchBox />
    </Suspense>
  ) : null;
}

/** Navigation, top bar and the page. Nobody sees it who is not logged in: the first question, who am I, says so. */
export function Shell(): ReactElement {
  const { t } = useTranslation("shell");
  const me = useMe();
  const queries = useQueryClient();
  const [open, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  // where the navigation is a menu of its own
  const isPhone = useMediaQuery("(max-width: 47.99em)", false, { getInitialValueInEffect: false });
  const here = me.data !== undefined;
  const mayConfigure = useMay("configure");
  useOwnPreferences();
  useEffect(() => close(), [pathname, close]);
  useEffect(() => {
    if (!here) return;
    const ends = [startEventStream(), followConfig(queries), followLogin(queries)];
    return () => {
      for (const end of ends) end();
    };
  }, [here, queries]);
  if (!here) {
    return (
      <Center h="100vh">
        <Loader role="img" aria-label={t("loading")} />
      </Center>
    );
  }
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 216, breakpoint: "sm", collapsed: { mobile: !open } }}
      padding={{ base: "sm", sm: "md" }}
    >
      <a className={classes["skip"]} href="#page">
        {t("skip")}
      </a>
      <AppShell.Header>
        <TopBar menuOpen={open} onMenu={toggle} />
      </AppShell.Header>
      <AppShell.Navbar aria-label={t("nav.label")}>
        <Navigation />
        {/* words that are still to come must not hide the page */}
        <Suspense>{!isPhone && <AlarmNotices place="navigation" />}</Suspense>
      </AppShell.Navbar>
      <AppShell.Main id="page" tabIndex={-1} className={classes["main"] ?? ""}>
        <LinkBanner />
        <AlarmSound />
        <Suspense>{isPhone && <AlarmNotices place="page" />}</Suspense>
        {mayConfigure && pathname === "/live" && (
          <Suspense>
            <ChecklistCard />
          </Suspense>
        )}
        <Suspense fallback={<PageSkeleton />}>
          <Outlet />
        </Suspense>
      </AppShell.Main>
      <Search />
    </AppShell>
  );
}
