import { Button, Checkbox, Popover, ScrollArea, SegmentedControl, Stack, Text } from "@mantine/core";
import { IconDeviceCctv } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Channel } from "../../../shared/types.ts";
import { fill, type Size, sizes, sizesFor } from "../model/wall.ts";

interface CameraChoiceProps {
  readonly all: readonly Channel[];
  readonly channels: readonly number[];
  /** What this screen has room for. */
  readonly most: Size;
  readonly onChannels: (channels: number[]) => void;
}

/** How many cameras, and which: the layout fills up with the next ones, the list takes any. */
export function CameraChoice({ all, channels, most, onChannels }: CameraChoiceProps): ReactElement {
  const { t } = useTranslation("playback");
  const layouts = sizesFor(all.length, most);
  const shown = all.filter(({ channel }) => channels.includes(channel));
  const says =
    shown.length > 2 ? t("cameras.count", { count: shown.length }) : shown.map(({ name }) => name).join(", ");
  const size = sizes.find((one) => one >= channels.length) ?? 16;
  const numbers = all.map(({ channel }) => channel);
  return (
    <>
      <Popover position="bottom-start" withinPortal trapFocus>
        <Popover.Target>
          <Button
            variant="default"
            h={36}
            maw="100%"
            leftSection={<IconDeviceCctv size={16} aria-hidden />}
            aria-label={t("cameras.which", { cameras: says })}
          >
            {says === "" ? t("cameras.choose") : says}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <Stack gap="xs">
            <ScrollArea.Autosize mah="50dvh" type="auto">
              <Checkbox.Group
                aria-label={t("cameras.label")}
                value={channels.map(String)}
                onChange={(values) => onChannels(values.map(Number))}
              >
                <Stack gap={6} p={4}>
                  {all.map(({ channel, name }) => (
                    <Checkbox
                      key={channel}
                      value={String(channel)}
                      label={name}
                      disabled={channels.length >= most && !channels.includes(channel)}
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
      {layouts.length > 1 && (
        <SegmentedControl
          aria-label={t("cameras.layout")}
          data={layouts.map((one) => ({ value: String(one), label: String(one) }))}
          value={String(size)}
          onChange={(value) => onChannels(fill(channels, numbers, Number(value)))}
        />
      )}
    </>
  );
}
