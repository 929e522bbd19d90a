/** Completion for bash. Made once, so that a key press starts no program. `git yard` is completed by Git's own, which asks here. */
import { type Choice, PROGRAMS, stepsOf, type Tables } from './tables.ts';

export function bash(tables: Tables): string {
  return `_gityard_from() {
  local word before="" at words="" current="\${COMP_WORDS[COMP_CWORD]}"
  COMPREPLY=()
  for ((at = $1; at < COMP_CWORD; at++)); do
    word="\${COMP_WORDS[at]}"
    [[ $word == -* ]] && continue
    case "$before $word" in
      ${stepsOf(tables).map(quoted).join(' | ')}) before="\${before:+$before }$word" ;;
    esac
  done
  case "$before \${COMP_WORDS[COMP_CWORD - 1]}" in
${casesOf(tables.values)}
    *)
      if [[ $current == -* ]]; then
        case "$before" in
${casesOf(tables.flags)}
        esac
      else
        case "$before" in
${casesOf(tables.words)}
        esac
      fi ;;
  esac
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
