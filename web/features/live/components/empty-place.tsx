import { Button, Menu } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Channel } from "../../../shared/types.ts";
import classes from "./live.module.css";

interface EmptyPlaceProps {
  readonly place: number;
  readonly hidden: boolean;
  readonly dropTarget: boolean;
  readonly channels: readonly Channel[];
  readonly onChoose: (channel: number) => void;
}

/** A place without a camera, and the list to choose one from. */
export function EmptyPlace({ place, hidden, dropTarget, channels, onChoose }: EmptyPlaceProps): ReactElement {
  const { t } = useTranslation("live");
  return (
    <div className={classes["empty"]} data-place={place} data-drop={dropTarget || undefined} hidden={hidden}>
      <Menu withinPortal={false}>
        <Menu.Target>
          <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={16} aria-hidden />}>
            {t("choose")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={320} className={classes["scroll"] ?? ""}>
          {channels.map(({ channel, name }) => (
            <Menu.Item key={channel} onClick={() => onChoose(channel)}>
              {channel} · {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
