/** Reads a source file as a syntax tree, for tests that look at what the sources say. */
import { parseSync, type ESTree } from "vite";

export type SyntaxNode = ESTree.Node;

export interface SourceTree {
  readonly root: SyntaxNode;
  /** A node as it is written. */
  textOf(node: SyntaxNode): string;
}

/** Throws when it is not TypeScript. */
export function parseSource(path: string, text: string): SourceTree {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message ?? ""}`);
  return { root: program, textOf: ({ start, end }) => text.slice(start, end) };
}

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

/** Those right below it, in the order of the source. */
export const childrenOf = (node: SyntaxNode): readonly SyntaxNode[] => Object.values(node).flat().filter(isNode);

/** The text of a literal, with a 7 for whatever stands inside of it; `undefined` for other nodes. */
export function literalText(node: SyntaxNode): string | undefined {
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  if (node.type !== "TemplateLiteral") return undefined;
  return node.quasis.map((quasi) => quasi.value.cooked).join("7");
}

/** The name of a member of an object that is written as `name: value`. */
export function memberName(tree: SourceTree, node: SyntaxNode): string | undefined {
  const written = node.type === "Property" && node.kind === "init" && !node.shorthand && !node.method;
  return written ? tree.textOf(node.key) : undefined;
}
