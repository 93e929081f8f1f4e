import { AppShell, Badge, Divider, NavLink, ScrollArea, Text } from "@mantine/core";
import { Link, useLocation } from "@tanstack/react-router";
import { Fragment, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../shared/event-stream.ts";
import { useMe } from "../shared/site-data.ts";
import { advanced, daily, setUp, type NavItem } from "./nav.ts";

function Entry({ item }: { readonly item: NavItem }): ReactElement {
  const { t } = useTranslation("shell");
  const { pathname } = useLocation();
  const Icon = item.icon;
  const active = pathname === item.to || pathname.startsWith(`${item.to}/`);
  return (
    <NavLink
      component={Link}
      to={item.to}
      label={t(`nav.${item.label}`)}
      leftSection={<Icon size={20} stroke={1.6} aria-hidden />}
      active={active}
      aria-current={active ? "page" : undefined}
      px="md"
      rightSection={item.to === "/alarms" ? <Unseen /> : undefined}
    />
  );
}

/** Alarms that nobody has acknowledged. */
function Unseen(): ReactElement | null {
  const { t } = useTranslation("shell");
  const count = useLive((state) => state.alarms.unacknowledged);
  if (count === undefined || count === 0) return null;
  return (
    <Badge color="red" size="sm" circle={count < 10} aria-label={t("nav.unseen", { count })}>
      {count > 99 ? "99+" : count}
    </Badge>
  );
}

export function Navigation(): ReactElement {
  const { t } = useTranslation("shell");
  const scopes = useMe().data?.scopes ?? [];
  const mayOpen = (items: readonly NavItem[]) => items.filter((item) => scopes.includes(item.needs));
  const groups = [
    { label: "setUp", items: mayOpen(setUp) },
    { label: "advanced", items: mayOpen(advanced) },
  ] as const;
  return (
    <AppShell.Section grow component={ScrollArea} py="xs">
      <div>
        {mayOpen(daily).map((item) => (
          <Entry key={item.to} item={item} />
        ))}
        {groups.map(({ label, items }) => (
          <Fragment key={label}>
            {items.length > 0 && (
              <>
                <Divider my="xs" />
                <Text size="xs" c="dimmed" px="md" pb={4}>
                  {t(`nav.${label}`)}
                </Text>
              </>
            )}
            {items.map((item) => (
              <Entry key={item.to} item={item} />
            ))}
          </Fragment>
        ))}
      </div>
    </AppShell.Section>
  );
}
