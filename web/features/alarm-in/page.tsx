import { useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { InputList } from "./components/input-list.tsx";
import { InputPage } from "./components/input-page.tsx";

/** Alarm → In: the table of all inputs, or one with its live contact. */
export default function Page(): ReactElement {
  const { input } = useParams({ strict: false });
  return input === undefined ? <InputList /> : <InputPage key={input} number={Number(input)} />;
}
