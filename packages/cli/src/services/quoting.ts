/** A word as each of those who read files of services takes it for what it is. Line breaks are kept out before (facts.ts). */

/** For a POSIX shell. */
export const forShell = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** For the line of a crontab, where an unprotected % ends the command and begins its input. */
export const forCrontab = (command: string): string => command.replaceAll('%', '\\%');

/** For a word of systemd: % begins a specifier. */
export const forSystemd = (word: string): string =>
  `"${word.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%')}"`;

/** For a word of a command line of systemd, where $ begins a variable as well. */
export const forExec = (word: string): string => forSystemd(word).replaceAll('$', '$$$$');

/** For what systemd takes to the end of its line, without quotes. */
export const forSystemdPath = (path: string): string => path.replaceAll('%', '%%');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
export const forXml = (text: string): string => text.replace(/[&<>"']/g, (it) => ENTITIES[it] ?? it);

/**
 * For a batch file, as a word of a program. In double quotes only % means something to cmd; a quote inside would end them, and
 * is refused before. What backslashes mean before the closing one is the program's affair: they are doubled.
 */
export const forBatch = (word: string): string => `"${word.replaceAll('%', '%%').replace(/\\+$/, '$&$&')}"`;
