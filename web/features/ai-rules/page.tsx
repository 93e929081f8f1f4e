import { useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { CameraList } from "./components/camera-list.tsx";
import { CameraPage } from "./components/camera-page.tsx";

/** Detection → AI rules: all cameras with their rules, or one with its picture. */
export default function Page(): ReactElement {
  const { channel } = useParams({ strict: false });
  return channel === undefined ? <CameraList /> : <CameraPage key={channel} number={Number(channel)} />;
}
