/**
 * Whole numbers from the attributes of one XML tag. Enough for the summaries of test reports, which stand in a single
 * tag; a report is written by the build, so nothing here resolves entities or follows references.
 */
export function numbersOf(tag: string): (name: string) => number {
  const found = new Map(
    [...tag.matchAll(/([\w-]+)\s*=\s*"(\d{1,9})"/g)].map(([, name, digits]) => [name, Number(digits)]),
  );
  return (name) => found.get(name) ?? 0;
}
