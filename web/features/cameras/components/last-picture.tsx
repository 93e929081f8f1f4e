import { AspectRatio, Box, Image, Skeleton, Text } from "@mantine/core";
import { IconVideoOff } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/site-data.ts";
import type { LastPicture } from "../../../shared/types.ts";
import { pictureUrl } from "../api/cameras.ts";
import classes from "./cameras.module.css";

interface LastPictureProps {
  readonly name: string;
  readonly channel: number;
  /** Undefined: not told yet. */
  readonly picture: LastPicture | undefined;
  /** Beyond it the age is shown, ms. */
  readonly oldAfterMs?: number;
}

/** What a camera saw last, with its age once that matters. */
export function LastPictureBox({ name, channel, picture, oldAfterMs = 30_000 }: LastPictureProps): ReactElement {
  const { t } = useTranslation("cameras");
  const format = useFormat();
  const coming = picture === undefined || (picture.at === undefined && picture.reason === undefined);
  if (coming)
    return (
      <AspectRatio ratio={16 / 9}>
        <Skeleton radius="sm" />
      </AspectRatio>
    );
  if (picture.at === undefined)
    return (
      <AspectRatio ratio={16 / 9}>
        <Box className={classes["none"]}>
          <IconVideoOff size={22} stroke={1.4} role="img" aria-label={t("picture.none", { name })} />
        </Box>
      </AspectRatio>
    );
  const old = (picture.ageMs ?? 0) > oldAfterMs;
  const age = format.duration(Math.round((picture.ageMs ?? 0) / 1000) * 1000);
  return (
    <Box pos="relative">
      <AspectRatio ratio={16 / 9}>
        <Image
          src={pictureUrl(channel, picture.at)}
          alt={t("picture.of", { name })}
          radius="sm"
          fit="contain"
          bg="black"
          className={old ? classes["old"] : undefined}
        />
      </AspectRatio>
      {old && (
        <Text size="xs" className={classes["age"]}>
          {t("picture.age", { age })}
        </Text>
      )}
    </Box>
  );
}
