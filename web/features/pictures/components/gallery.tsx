import { Button, Group, Image, Modal, SegmentedControl, SimpleGrid, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconDownload } from "@tabler/icons-react";
import { useState, type KeyboardEvent, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { DayPictures } from "../../../../src/contract/timed-picture.ts";
import { useFormat } from "../../../shared/site-data.ts";
import { pictureAddress } from "../api/pictures.ts";
import { beside, byHour } from "../model/hours.ts";

interface GalleryProps {
  readonly channel: number;
  readonly name: string;
  readonly day: string;
  readonly pictures: DayPictures;
}

/** The pictures of one hour of a day; each opens large, with the ones before and after it. */
export function Gallery({ channel, name, day, pictures }: GalleryProps): ReactElement {
  const { t } = useTranslation("pictures");
  const format = useFormat();
  const hours = byHour(pictures);
  const [chosen, choose] = useState<string>();
  const [open, setOpen] = useState<number>();
  const hour = hours.find(({ from }) => String(from) === chosen) ?? hours.at(-1);
  const altOf = (at: number) => t("one", { name, when: format.dateTime(at) });
  return (
    <Stack gap="sm">
      <Group style={{ overflowX: "auto" }} wrap="nowrap">
        <SegmentedControl
          aria-label={t("hour")}
          value={String(hour?.from ?? "")}
          onChange={choose}
          data={hours.map(({ from }) => ({ value: String(from), label: format.time(from).slice(0, 5) }))}
        />
      </Group>
      <SimpleGrid cols={{ base: 2, xs: 3, sm: 4, lg: 6 }} spacing="xs" component="ul" p={0} m={0} style={plain}>
        {hour?.pictures.map(({ at }) => (
          <li key={at}>
            <UnstyledButton w="100%" onClick={() => setOpen(at)} aria-label={altOf(at)}>
              <Image src={pictureAddress(channel, day, at)} alt="" loading="lazy" radius="sm" style={tile} />
              <Text size="xs" c="dimmed" ta="center">
                {format.time(at)}
              </Text>
            </UnstyledButton>
          </li>
        ))}
      </SimpleGrid>
      <Large {...{ channel, day, pictures, altOf }} at={open} onMove={setOpen} />
    </Stack>
  );
}

const plain = { listStyle: "none" } as const;
const tile = { aspectRatio: "16 / 9", objectFit: "cover" } as const;

interface LargeProps extends Omit<GalleryProps, "name"> {
  readonly at: number | undefined;
  readonly altOf: (at: number) => string;
  readonly onMove: (at: number | undefined) => void;
}

function Large({ channel, day, pictures, at, altOf, onMove }: LargeProps): ReactElement {
  const { t } = useTranslation("pictures");
  const { before, after } = beside(pictures, at ?? 0);
  const keys = (event: KeyboardEvent) => {
    const to = event.key === "ArrowLeft" ? before : event.key === "ArrowRight" ? after : undefined;
    if (to !== undefined) onMove(to);
  };
  return (
    <Modal
      opened={at !== undefined}
      onClose={() => onMove(undefined)}
      size="xl"
      title={at && altOf(at)}
      onKeyDown={keys}
    >
      {at !== undefined && (
        <Stack gap="sm">
          <Image src={pictureAddress(channel, day, at)} alt={altOf(at)} radius="sm" mah="70vh" fit="contain" />
          <Group justify="space-between">
            <Group gap="xs">
              <Button
                variant="default"
                aria-label={t("before")}
                disabled={before === undefined}
                onClick={() => onMove(before)}
              >
                <IconChevronLeft size={18} aria-hidden />
              </Button>
              <Button
                variant="default"
                aria-label={t("after")}
                disabled={after === undefined}
                onClick={() => onMove(after)}
              >
                <IconChevronRight size={18} aria-hidden />
              </Button>
            </Group>
            <Button
              component="a"
              href={pictureAddress(channel, day, at)}
              download
              leftSection={<IconDownload size={16} aria-hidden />}
            >
              {t("download")}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
