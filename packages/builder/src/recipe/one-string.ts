/** A whole command line where the name of a program belongs: words that no shell ever takes apart. */
export function whyOneString(program: string): string | null {
  const words = program.split(/\s+/).filter((it) => it !== '');
  if (words.length < 2) return null;
  return `${JSON.stringify(program)} is one word, the name of a program; write ${JSON.stringify(words)}`.replaceAll(
    '","',
    '", "',
  );
}
