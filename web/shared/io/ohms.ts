import type { Format } from "../format.ts";

/** `560 Ω`, `5.6 kΩ`, `10 kΩ`: as many digits as a resistor's name has. */
export function ohmsText(ohms: number, format: Pick<Format, "number">): string {
  if (ohms < 999.5) return `${format.number(ohms)} Ω`;
  const kilo = ohms / 1000;
  return `${format.number(kilo, kilo >= 99.5 || Math.abs(kilo - Math.round(kilo)) < 0.05 ? 0 : 1)} kΩ`;
}
