/** The sources of the pictures of a page: its Mermaid blocks. */
export const picturesIn = (markdown: string): string[] =>
  [...markdown.matchAll(/^```mermaid[^\n]*\n([\s\S]*?)^```\s*$/gm)].map(([, source = '']) => source);
