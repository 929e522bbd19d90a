/** What stands behind the three backticks of a block: its language, and words such as `exit=3`, `file=yard.json`, `elsewhere="Windows"`. */

export interface Fence {
  readonly language: string;
  /** Where it can run, when that is not here. */
  readonly elsewhere: string | undefined;
  /** The code that its last command ends with. */
  readonly exit: number;
  /** The file that it is. */
  readonly file: string | undefined;
}

const WORDS = new Set(['elsewhere', 'exit', 'file']);

/** @throws where a word is none of those, so that a mistyped one is no silent wish. */
export function readFence(info: string): Fence {
  const [, language = '', rest = ''] = /^\s*(\S*)\s*(.*)$/.exec(info) ?? [];
  const words = new Map<string, string>();
  const left = rest.replace(/([\w-]+)=(?:"([^"]*)"|(\S+))/g, (_, name: string, quoted?: string, bare?: string) => {
    words.set(name, quoted ?? bare ?? '');
    return '';
  });
  const unknown = [...words.keys()].find((name) => !WORDS.has(name)) ?? left.trim();
  if (unknown) throw new Error(`a block of code says "${unknown}", and may say elsewhere=, exit= or file=`);
  const exit = Number(words.get('exit') ?? 0);
  if (!Number.isInteger(exit)) throw new Error(`a block of code says exit=${words.get('exit')}, which is no number`);
  return { language, elsewhere: words.get('elsewhere'), exit, file: words.get('file') };
}
