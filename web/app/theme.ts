import { createTheme, type CSSVariablesResolver } from "@mantine/core";

/** Calm and picture first: one accent, system fonts, small radii. */
export const theme = createTheme({
  primaryColor: "teal",
  primaryShade: { light: 9, dark: 9 },
  defaultRadius: "md",
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace",
  headings: {
    fontWeight: "600",
    sizes: { h1: { fontSize: "1.5rem" }, h2: { fontSize: "1.2rem" }, h3: { fontSize: "1rem" } },
  },
  cursorType: "pointer",
  respectReducedMotion: true,
});

const named = [
  "gray",
  "red",
  "pink",
  "grape",
  "violet",
  "indigo",
  "blue",
  "cyan",
  "teal",
  "green",
  "lime",
  "yellow",
  "orange",
];
const darker = (name: string, share: number) => `color-mix(in srgb, var(--mantine-color-${name}-9) ${share}%, black)`;
/** Light hues need more black before white text can be read on them (WCAG 2.2 §1.4.3: 4.5 to 1). */
const shareOf: Readonly<Record<string, number>> = { yellow: 62, orange: 80, lime: 72, green: 80, cyan: 85, teal: 92 };

function contrasts(): { light: Record<string, string>; dark: Record<string, string> } {
  const light: Record<string, string> = {};
  const dark: Record<string, string> = {};
  for (const name of named) {
    const strong = darker(name, shareOf[name] ?? 95);
    light[`--mantine-color-${name}-light-color`] = strong;
    light[`--mantine-color-${name}-light-hover`] = `var(--mantine-color-${name}-1)`;
    light[`--mantine-color-${name}-outline`] = strong;
    light[`--mantine-color-${name}-text`] = strong;
    light[`--mantine-color-${name}-filled`] = strong;
    light[`--mantine-color-${name}-filled-hover`] = darker(name, (shareOf[name] ?? 95) - 8);
    dark[`--mantine-color-${name}-light-color`] = `var(--mantine-color-${name}-2)`;
    dark[`--mantine-color-${name}-text`] = `var(--mantine-color-${name}-3)`;
    dark[`--mantine-color-${name}-outline`] = `var(--mantine-color-${name}-3)`;
    dark[`--mantine-color-${name}-filled`] = strong;
    dark[`--mantine-color-${name}-filled-hover`] = darker(name, (shareOf[name] ?? 95) - 8);
  }
  return { light, dark };
}

/** Mantine's own greys and tints are too faint for text; these reach 4.5 to 1 on both schemes. */
export const cssVariables: CSSVariablesResolver = () => {
  const { light, dark } = contrasts();
  return {
    variables: {},
    light: {
      "--mantine-color-dimmed": "var(--mantine-color-gray-7)",
      "--mantine-color-placeholder": "var(--mantine-color-gray-7)",
      "--mantine-color-error": "#b3261e",
      "--mantine-color-anchor": darker("teal", 92),
      "--reed-surface": "#f6f7f8",
      ...light,
    },
    dark: {
      "--mantine-color-dimmed": "var(--mantine-color-dark-1)",
      "--mantine-color-placeholder": "var(--mantine-color-dark-1)",
      "--mantine-color-error": "var(--mantine-color-red-3)",
      "--mantine-color-anchor": "var(--mantine-color-teal-3)",
      "--reed-surface": "#161719",
      ...dark,
    },
  };
};
