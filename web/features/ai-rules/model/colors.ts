/** Of the shape that is changed, of one that sees something now, and of the others; drawn over a dark line. */
export const shapeColors = { chosen: "#ffd43b", seen: "#ff6b6b", other: "#ffffff" } as const;
