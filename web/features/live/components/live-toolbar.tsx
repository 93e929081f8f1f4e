import { ActionIcon, Group, SegmentedControl, Text, Tooltip } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconKeyboard, IconMaximize, IconObjectScan } from "@tabler/icons-react";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ViewLayout } from "../../../../src/domain/site-config.ts";
import { layouts } from "../model/arrangement.ts";

interface LiveToolbarProps {
  readonly layout: ViewLayout;
  readonly page: number;
  readonly pages: number;
  readonly views: ReactNode;
  readonly onLayout: (layout: ViewLayout) => void;
  readonly onPage: (page: number) => void;
  /** What the detector sees is drawn over the pictures. */
  readonly boxes: boolean;
  readonly onBoxes: () => void;
  readonly onFullScreen: () => void;
  readonly onHelp: () => void;
}

/** What concerns the whole page: how many, which, full screen, keys. */
export function LiveToolbar(props: LiveToolbarProps): ReactElement {
  const { t } = useTranslation("live");
  const { page, pages } = props;
  const data = layouts.map((layout) => ({
    value: String(layout),
    label: layout === "auto" ? t("auto") : String(layout),
  }));
  const chosen = (value: string): void => {
    const layout = layouts.find((one) => String(one) === value);
    if (layout !== undefined) props.onLayout(layout);
  };
  return (
    <Group gap="xs">
      {pages > 1 && (
        <Group gap={4} wrap="nowrap">
          <ActionIcon
            variant="default"
            aria-label={t("pageBefore")}
            disabled={page === 0}
            onClick={() => props.onPage(page - 1)}
          >
            <IconChevronLeft size={18} aria-hidden />
          </ActionIcon>
          <Text size="sm">{t("pageOf", { page: page + 1, pages })}</Text>
          <ActionIcon
            variant="default"
            aria-label={t("pageAfter")}
            disabled={page >= pages - 1}
            onClick={() => props.onPage(page + 1)}
          >
            <IconChevronRight size={18} aria-hidden />
          </ActionIcon>
        </Group>
      )}
      <SegmentedControl size="xs" aria-label={t("layout")} data={data} value={String(props.layout)} onChange={chosen} />
      {props.views}
      <Tooltip label={t("boxes.show")}>
        <ActionIcon
          variant={props.boxes ? "light" : "default"}
          size="lg"
          aria-label={t("boxes.show")}
          aria-pressed={props.boxes}
          onClick={props.onBoxes}
        >
          <IconObjectScan size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t("fullScreen")}>
        <ActionIcon variant="default" size="lg" aria-label={t("fullScreen")} onClick={props.onFullScreen}>
          <IconMaximize size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t("keys.title")}>
        <ActionIcon variant="default" size="lg" aria-label={t("keys.title")} onClick={props.onHelp} visibleFrom="sm">
          <IconKeyboard size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
