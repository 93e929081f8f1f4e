import { useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { CameraList } from "./components/camera-list.tsx";
import { CameraPage } from "./components/camera-page.tsx";

/** Detection → Video detection: all cameras with how they are watched, or one with its regions and events. */
export default function Page(): ReactElement {
  const { channel } = useParams({ strict: false });
  return channel === undefined ? <CameraList /> : <CameraPage key={channel} number={Number(channel)} />;
}
