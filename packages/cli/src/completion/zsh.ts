/** Completion for zsh, with what each word does. As a file `_gityard` on the fpath, or by `eval`. */
import { followWords } from './follow-words.ts';
import { type Choice, PROGRAMS, type Tables } from './tables.ts';

export function zsh(tables: Tables): string {
  return `#compdef ${PROGRAMS.join(' ')}
_gityard() {
  local word before="" current="\${words[CURRENT]}"
  local -a choices
  for word in "\${(@)words[2,CURRENT-1]}"; do
${followWords(tables, { quoted, casesOf, last: 'words[CURRENT-1]' })}
  if (( \${#choices} )); then _describe gityard choices; else _files; fi
}
if [[ "\${funcstack[1]}" == _gityard ]]; then _gityard "$@"; else compdef _gityard ${PROGRAMS.join(' ')}; fi
`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const casesOf = (table: ReadonlyMap<string, readonly Choice[]>): string =>
  [...table].map(([key, those]) => `          ${quoted(key)}) choices=(${those.map(entry).join(' ')}) ;;`).join('\n');

/** A colon parts the word from what it does. */
const entry = ({ word, summary }: Choice): string => quoted(`${word.replaceAll(':', '\\:')}:${summary}`);
