import { Anchor, Stack, Switch, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../site-data.ts";
import { StateDot } from "../ui/state-dot.tsx";
import type { RecordedChannel } from "./recording-data.ts";

type SecondCopy = NonNullable<RecordedChannel["secondCopy"]>;

const colours = { none: "orange", away: "red", waiting: "orange", whole: "green" } as const;

/** Where the second copies of a camera stand: "2 files are still to be copied, there up to 14:02:10". */
export function useCopyText(): (copy: SecondCopy | undefined) => string {
  const { t } = useTranslation("recording");
  const format = useFormat();
  return (copy) => {
    if (copy === undefined) return t("second.off");
    const words = t(`second.${copy.state}`, { count: copy.waiting });
    return copy.through === undefined || copy.state === "none"
      ? words
      : t("second.through", { words, when: format.dateTime(copy.through) });
  };
}

export function CopyText({ copy }: { readonly copy: SecondCopy | undefined }): ReactElement {
  const text = useCopyText();
  if (copy === undefined)
    return (
      <Text size="sm" c="dimmed">
        {text(copy)}
      </Text>
    );
  return <StateDot color={colours[copy.state]} label={text(copy)} />;
}

interface SecondCopyFieldProps {
  readonly asked: boolean;
  readonly copy: SecondCopy | undefined;
  readonly onChange: (asked: boolean) => void;
}

/** Asks for the second copy, with what is true of it now. */
export function SecondCopyField({ asked, copy, onChange }: SecondCopyFieldProps): ReactElement {
  const { t } = useTranslation("recording");
  return (
    <Stack gap={6}>
      <Switch
        label={t("second.field")}
        description={t("second.fieldSays")}
        checked={asked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {asked && copy !== undefined && <CopyText copy={copy} />}
      {asked && (
        <Anchor component={Link} to="/storage" size="sm">
          {t("second.where")}
        </Anchor>
      )}
    </Stack>
  );
}
