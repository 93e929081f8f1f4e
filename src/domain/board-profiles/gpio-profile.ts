/** Lines of this machine's own GPIO header. */
import { gpioBiases } from "../driver-settings.ts";
import { namesOf, textOf, type BoardProfile, type FieldKey, type ProfileField, type ProfileValues } from "./profile.ts";

const choice = (key: FieldKey, values: readonly string[]): ProfileField => ({
  ...{ key, kind: "choice", initial: values[0] ?? "" },
  options: values.map((value) => ({ value })),
});

/** Offsets, one a line or parted by commas; what is no number is left out, and so is a second time of the same line. */
function linesOf(values: ProfileValues, key: FieldKey): readonly number[] {
  const words = namesOf(values, key).flatMap((name) => name.split(/[\s,;]+/));
  return [...new Set(words.filter((word) => /^\d{1,5}$/.test(word)).map(Number))];
}

const bit = (values: ProfileValues, key: FieldKey): 0 | 1 => (textOf(values, key) === "1" ? 1 : 0);

/** A contact between the line and ground, pulled up inside the chip: closed reads 0. */
export const gpioProfile: BoardProfile = {
  id: "gpio",
  maker: "Linux",
  wired: true,
  fields: [
    { key: "chip", kind: "text", initial: "gpiochip0", required: true },
    choice("bias", gpioBiases),
    { key: "inputLines", kind: "names", initial: "17\n27" },
    choice("closedWhen", ["0", "1"]),
    { key: "outputLines", kind: "names", initial: "" },
    choice("onWhen", ["1", "0"]),
  ],
  build: (values) => ({
    kind: "gpio",
    chip: textOf(values, "chip"),
    bias: gpioBiases.find((one) => one === values["bias"]) ?? "pull-up",
    inputs: linesOf(values, "inputLines").map((line, index) => ({
      ...{ point: index + 1, line, closedWhen: bit(values, "closedWhen") },
    })),
    outputs: linesOf(values, "outputLines").map((line, index) => ({
      ...{ point: index + 1, line, onWhen: bit(values, "onWhen") },
    })),
  }),
};
