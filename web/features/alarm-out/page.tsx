import { useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { OutputList } from "./components/output-list.tsx";
import { OutputPage } from "./components/output-page.tsx";

/** Alarm → Out: the table of all outputs, or one with what it is told, reads back as and feels. */
export default function Page(): ReactElement {
  const { output } = useParams({ strict: false });
  return output === undefined ? <OutputList /> : <OutputPage key={output} number={Number(output)} />;
}
