import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GpioSettings } from "../../domain/site-config.ts";

/** Tools that behave like libgpiod's, in a folder of their own, with lines that are files. */
export interface TestChip extends Disposable {
  readonly folder: string;
  /** The voltage on an input. */
  set(line: number, value: 0 | 1): void;
  /** What an output was driven to last. */
  driven(line: number): 0 | 1 | undefined;
  /** Somebody else has the line, the user may not, the chip goes away. */
  trouble(what: `busy${number}` | "denied" | "gone", on: boolean): void;
}

/** `version`: 1, 2 or 2.2 (the first that tells the levels it begins with). Inputs 4 and 5, pulled up. */
export function testChip(version: "1" | "2" | "2.2"): TestChip {
  const folder = mkdtempSync(join(tmpdir(), "reed-gpio-"));
  const script = join(import.meta.dirname, "testdata", "stand-in.sh");
  for (const tool of ["gpiomon", "gpioget", "gpioset"]) {
    const line = `exec /bin/sh "${script}" "${folder}" ${version} ${tool} "$@"`;
    writeFileSync(join(folder, tool), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  }
  // a reader never sees half of it
  const put = (name: string, text: string) => {
    writeFileSync(join(folder, `.${name}`), text);
    renameSync(join(folder, `.${name}`), join(folder, name));
  };
  put("in4", "1\n");
  put("in5", "1\n");
  return {
    folder,
    set: (line, value) => put(`in${line}`, `${value}\n`),
    driven(line) {
      // held by nobody (yet): nothing drives it
      if (!existsSync(join(folder, `busy${line}`)) && !existsSync(join(folder, `out${line}`))) return undefined;
      const file = join(folder, `out${line}`);
      return existsSync(file) ? (readFileSync(file, "utf8") === "1\n" ? 1 : 0) : undefined;
    },
    trouble(what, on) {
      if (on) put(what, "somebody");
      else rmSync(join(folder, what), { force: true });
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export const gpioSettings: GpioSettings = {
  kind: "gpio",
  chip: "gpiochip0",
  bias: "pull-up",
  inputs: [
    { point: 1, line: 4, closedWhen: 0 },
    { point: 2, line: 5, closedWhen: 0 },
  ],
  outputs: [{ point: 1, line: 17, onWhen: 1 }],
};
