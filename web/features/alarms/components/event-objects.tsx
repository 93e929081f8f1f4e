import { Text } from "@mantine/core";
import { useInViewport } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { EventObject } from "../../../../src/contract/object-search.ts";
import { useObjectName } from "../../../shared/detection/object-name.ts";
import { useChannels, useFormat } from "../../../shared/site-data.ts";
import type { Receipt } from "../../../shared/types.ts";
import { eventPictureAddress, useEventObjects } from "../api/event-objects.ts";
import { seenCounts } from "../model/seen-counts.ts";
import classes from "./event-objects.module.css";

/** Who closed the contact, each with the best picture, and who else was seen meanwhile. Nothing where nobody was. */
export function EventObjects({ receipt }: { readonly receipt: Receipt }): ReactElement | null {
  const { t } = useTranslation("alarms");
  const objects = useEventObjects(receipt) ?? [];
  if (objects.length === 0) return null;
  const caused = objects.filter((one) => one.caused);
  const others = objects.filter((one) => !one.caused);
  const what = seenCounts(others).map(({ kind, count }) => t(`seen.${kind}`, { count }));
  return (
    <>
      {caused.length > 0 && <Pictures title={t("seen.caused")} objects={caused} large />}
      {others.length > 0 && <Pictures title={t("seen.meanwhile", { what: what.join(", ") })} objects={others} />}
    </>
  );
}

interface PicturesProps {
  readonly title: string;
  readonly objects: readonly EventObject[];
  readonly large?: boolean;
}

/** A press plays back from two seconds before they came. */
function Pictures({ title, objects, large = false }: PicturesProps): ReactElement {
  const { t } = useTranslation("alarms");
  const format = useFormat();
  const nameOf = useObjectName();
  const channels = useChannels().data ?? [];
  const camera = (number: number) =>
    channels.find(({ channel }) => channel === number)?.name ?? t("camera", { number });
  return (
    <div>
      <Text size="sm" fw={500}>
        {title}
      </Text>
      <ul className={classes["pictures"]} aria-label={title} data-large={large || undefined}>
        {objects.map((one) => (
          <li key={`${one.channel} ${one.id}`}>
            <Link
              className={classes["object"]}
              to="/playback"
              search={{ at: Math.max(0, one.from - 2000), channels: String(one.channel) }}
              title={t("seen.play", { camera: camera(one.channel), time: format.time(one.from) })}
            >
              <span className={classes["picture"]}>
                {one.picture ? <img src={eventPictureAddress(one)} alt="" loading="lazy" /> : t("seen.noPicture")}
              </span>
              <span>{nameOf(one.label)}</span>
              <span className={classes["where"]}>
                {camera(one.channel)}, {format.time(one.from)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The best picture of who caused it, small; asked for once it is in sight. An empty place where there is none. */
export function CausePicture({ receipt }: { readonly receipt: Receipt }): ReactElement {
  const { t } = useTranslation("alarms");
  const nameOf = useObjectName();
  const { ref, inViewport } = useInViewport<HTMLSpanElement>();
  const cause = useEventObjects(receipt, inViewport)?.find((one) => one.caused && one.picture);
  return (
    <span ref={ref} className={classes["small"]}>
      {cause !== undefined && (
        <img src={eventPictureAddress(cause)} alt={t("seen.causeOf", { what: nameOf(cause.label) })} loading="lazy" />
      )}
    </span>
  );
}
