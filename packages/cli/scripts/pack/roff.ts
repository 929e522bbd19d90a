/** Text as roff reads it: nothing that somebody wrote becomes a request, a font or another hyphen. */

/** ASCII alone, so that every `man` draws it, whatever it takes a file's bytes for. */
export const roff = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/[^\n -~]/gu, (it) => `\\[u${(it.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`)
    .replace(/^(?=[.'])/gm, '\\&');

const quoted = (text: string): string => `"${roff(text).replaceAll('"', '\\(dq')}"`;

export const title = (name: string, version: string): string =>
  `.TH ${quoted(name.toUpperCase())} 1 "" ${quoted(`gityard ${version}`)} "Gityard"\n.ad l`;
export const section = (name: string): string => `.SH ${quoted(name.toUpperCase())}`;
export const subsection = (name: string): string => `.SS ${quoted(name)}`;
export const paragraph = (text: string): string => `.PP\n${roff(text)}`;
export const named = (name: string, text: string): string => `.TP\n.B ${quoted(name)}\n${roff(text)}`;
/** As it stands, line for line. */
export const example = (text: string): string => `.PP\n.EX\n${roff(text)}\n.EE`;
