import { Spotlight, spotlight, type SpotlightActionData } from "@mantine/spotlight";
import { IconDeviceCctv, IconPlugConnected, IconSearch } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useChannels, useInputs, useMe } from "../shared/site-data.ts";
import { advanced, daily, setUp } from "./nav.ts";

/** Ctrl-K or ⌘K: pages, cameras and inputs by name. It comes with the first press, and is open then. */
export default function SearchBox(): ReactElement {
  const { t } = useTranslation("shell");
  const navigate = useNavigate();
  const scopes = useMe().data?.scopes ?? [];
  const go = (to: string) => () => void navigate({ to });
  useEffect(() => spotlight.open(), []);
  const configures = scopes.includes("configure");
  const channels = useChannels().data ?? [];
  const inputs = useInputs().data ?? [];
  const pages = [...daily, ...setUp, ...advanced]
    .filter((item) => scopes.includes(item.needs))
    .map((item): SpotlightActionData => {
      const Icon = item.icon;
      return { id: item.to, label: t(`nav.${item.label}`), leftSection: <Icon size={18} />, onClick: go(item.to) };
    });
  const cameras = channels.map((one): SpotlightActionData => ({
    id: `channel-${one.channel}`,
    label: one.name,
    description: t("search.camera", { number: one.channel }),
    leftSection: <IconDeviceCctv size={18} />,
    onClick: go(configures ? `/cameras/${one.channel}` : "/live"),
  }));
  const contacts = (configures ? inputs : []).map((one): SpotlightActionData => ({
    id: `input-${one.input}`,
    label: one.name,
    description: t("search.input", { number: one.input }),
    leftSection: <IconPlugConnected size={18} />,
    onClick: go(`/alarm-in/${one.input}`),
  }));
  return (
    <Spotlight
      actions={[...pages, ...cameras, ...contacts]}
      nothingFound={t("search.nothing")}
      highlightQuery
      limit={12}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: t("search.placeholder"),
        "aria-label": t("search.placeholder"),
      }}
    />
  );
}
