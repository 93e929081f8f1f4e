import { Anchor, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { PointStatus } from "../../../../src/messages/api.ts";
import type { Draft } from "../../../shared/draft.ts";
import { said } from "../../../shared/said.ts";
import { useBoards } from "../../../shared/site-data.ts";
import type { Input } from "../../../shared/types.ts";
import { Section } from "../../../shared/ui/section.tsx";
import { AntiDitherField } from "./anti-dither-field.tsx";
import type { InputSettings } from "../model/settings.ts";

interface PictureSectionProps {
  readonly input: Input;
  readonly draft: Draft<InputSettings>;
  readonly contact: PointStatus;
}

/** Raised by what a camera sees: why nothing is known now, where that is set, and what becomes of repeats. */
export function PictureSection({ input, draft, contact }: PictureSectionProps): ReactElement {
  const { t } = useTranslation("alarm-in");
  const driver = useBoards().data?.find((one) => one.board === input.board)?.driver;
  return (
    <Section title={t("section.pictures")} says={t("pictures.says")}>
      {contact.reason !== undefined && (
        <Text size="sm" c="red">
          {said(contact.reason)}
        </Text>
      )}
      {driver?.kind === "video-detection" && (
        <Anchor component={Link} to={`/detection/${driver.channel}`} size="sm">
          {t("pictures.open")}
        </Anchor>
      )}
      <AntiDitherField draft={draft} maw={260} />
    </Section>
  );
}
