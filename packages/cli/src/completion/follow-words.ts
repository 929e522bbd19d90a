/** What bash and zsh say alike: which command the words before have named, and what may follow it. */
import { type Choice, stepsOf, type Tables } from './tables.ts';

export interface Dialect {
  readonly quoted: (text: string) => string;
  readonly casesOf: (table: ReadonlyMap<string, readonly Choice[]>) => string;
  /** The variable that holds the word before the one that is completed. */
  readonly last: string;
}

/** The inside of a loop over `word` and what comes after it, with `before` and `current` declared. */
export function followWords(tables: Tables, { quoted, casesOf, last }: Dialect): string {
  return `    [[ $word == -* ]] && continue
    case "$before $word" in
      ${stepsOf(tables).map(quoted).join(' | ')}) before="\${before:+$before }$word" ;;
    esac
  done
  case "$before \${${last}}" in
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
  esac`;
}
