/** Completion for bash. Made once, so that a key press starts no program. `git yard` is completed by Git's own, which asks here. */
import { followWords } from './follow-words.ts';
import { type Choice, PROGRAMS, type Tables } from './tables.ts';

export function bash(tables: Tables): string {
  return `_gityard_from() {
  local word before="" at words="" current="\${COMP_WORDS[COMP_CWORD]}"
  COMPREPLY=()
  for ((at = $1; at < COMP_CWORD; at++)); do
    word="\${COMP_WORDS[at]}"
${followWords(tables, { quoted, casesOf, last: 'COMP_WORDS[COMP_CWORD - 1]' })}
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
_gityard() { _gityard_from 1; }
_git_yard() { _gityard_from 2; }
complete -o default -F _gityard ${PROGRAMS.join(' ')}
`;
}

const quoted = (text: string): string => `"${text}"`;

const casesOf = (table: ReadonlyMap<string, readonly Choice[]>): string =>
  [...table]
    .map(([key, those]) => `          ${quoted(key)}) words="${those.map(({ word }) => word).join(' ')}" ;;`)
    .join('\n');
