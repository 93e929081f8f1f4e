/** Of the regions, in their order: white on each is read, and people who see colours differently go by the numbers. */
export const regionColors = ["#c2410c", "#1864ab", "#1f7a33", "#862e9c"] as const;
