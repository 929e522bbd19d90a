/** One word as a shell takes it: for lines that people are told to copy. Often it holds text of somebody else. */
export const shellWord = (word: string): string =>
  /^[\w@%+:,./-][\w@%+=:,./~-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
