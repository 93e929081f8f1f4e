import { Anchor, Button, Checkbox, Popover, ScrollArea, Stack, Text } from "@mantine/core";
import { IconDeviceCctv } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Channel } from "../../../shared/types.ts";

interface CameraListProps {
  /** What the list is for. */
  readonly label: string;
  readonly says: string;
  /** With what is chosen. */
  readonly name: string;
  readonly small?: boolean;
  readonly all: readonly Channel[];
  readonly chosen: readonly number[];
  /** More can't be chosen. */
  readonly most: number;
  readonly onChosen: (channels: number[]) => void;
}

/** A button that says which cameras are chosen, and opens the list of them. */
export function CameraList(props: CameraListProps): ReactElement {
  const { label, says, name, small = false, all, chosen, most, onChosen } = props;
  const { t } = useTranslation("playback");
  const everyone = all.map(({ channel }) => channel);
  const hasAll = chosen.length === all.length;
  return (
    <Popover position="bottom-start" withinPortal trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          {...(small ? { size: "compact-md", fz: "xs", h: 30 } : { h: 36 })}
          maw="100%"
          leftSection={<IconDeviceCctv size={16} aria-hidden />}
          aria-label={name}
        >
          {says}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          {all.length > 2 && most >= all.length && (
            <Anchor component="button" type="button" size="sm" onClick={() => onChosen(hasAll ? [] : everyone)}>
              {t(hasAll ? "cameras.none" : "cameras.all")}
            </Anchor>
          )}
          <ScrollArea.Autosize mah="50dvh" type="auto">
            <Checkbox.Group
              aria-label={label}
              value={chosen.map(String)}
              onChange={(values) => onChosen(values.map(Number))}
            >
              <Stack gap={6} p={4}>
                {all.map(({ channel, name: camera }) => (
                  <Checkbox
                    key={channel}
                    value={String(channel)}
                    label={camera}
                    disabled={chosen.length >= most && !chosen.includes(channel)}
                  />
                ))}
              </Stack>
            </Checkbox.Group>
          </ScrollArea.Autosize>
          {all.length > most && (
            <Text size="xs" c="dimmed">
              {t("cameras.most", { count: most })}
            </Text>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
