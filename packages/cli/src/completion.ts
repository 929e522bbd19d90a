/** The texts that teach a shell to complete `gityard`. Knows commands, not what they do. */
import { ACTING_FLAGS, GLOBAL_FLAGS } from './globals.ts';
import type { Parameters } from './parameters.ts';
import { flagOf } from './parse-arguments.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
/** As much of a command as completion needs. */
export interface Completed {
  readonly name: string;
  readonly parameters: Parameters;
  readonly acts?: boolean;
}

type Shell = (typeof SHELLS)[number];

const PROGRAMS = ['gityard', 'git-yard', 'build-cli'];

export function completionFor(shell: Shell, commands: readonly Completed[]): string {
  if (shell === 'fish') return fish(commands);
  return shell === 'bash' ? bash(commands) : `autoload -U +X bashcompinit && bashcompinit\n${bash(commands)}`;
}

function bash(commands: readonly Completed[]): string {
  const cases = [...nextWords(commands)].map(([before, words]) => `    "${before}") words="${words.join(' ')}" ;;`);
  const flags = commands.map((it) => `    "${it.name}") words="${flagsOf(it).join(' ')}" ;;`);
  return `_gityard() {
  local word before="" at words=""
  COMPREPLY=()
  for ((at = 1; at < COMP_CWORD; at++)); do
    word="\${COMP_WORDS[at]}"
    [[ $word == -* ]] && continue
    case "$before $word" in
${knownPairs(commands).join(' | ').replace(/^/, '      ')}) before="\${before:+$before }$word" ;;
    esac
  done
  if [[ \${COMP_WORDS[COMP_CWORD]} == -* ]]; then
    case "$before" in
${flags.join('\n')}
    esac
  else
    case "$before" in
${cases.join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _gityard ${PROGRAMS.join(' ')}
`;
}

/** What may come after what: "" → job, agent, …; "job" → add, list, …. */
function nextWords(commands: readonly Completed[]): Map<string, string[]> {
  const next = new Map<string, string[]>();
  for (const { name } of commands) {
    const words = name.split(' ');
    words.forEach((word, at) => {
      const before = words.slice(0, at).join(' ');
      const known = next.get(before) ?? [];
      if (!known.includes(word)) next.set(before, [...known, word]);
    });
  }
  return next;
}

const knownPairs = (commands: readonly Completed[]): string[] =>
  [...nextWords(commands)].flatMap(([before, words]) => words.map((word) => `"${before} ${word}"`));

function flagsOf({ parameters, acts }: Completed): string[] {
  const all = { ...parameters, ...(acts ? ACTING_FLAGS : {}), ...GLOBAL_FLAGS };
  return Object.entries(all).flatMap(([key, it]) => (it.sort === 'flag' || it.sort === 'option' ? [flagOf(key)] : []));
}

function fish(commands: readonly Completed[]): string {
  const firsts = nextWords(commands);
  const quoted = (text: string) => `'${text.replaceAll("'", "\\'")}'`;
  const lines = PROGRAMS.flatMap((program) => [
    `complete -c ${program} -f -n __fish_use_subcommand -a ${quoted((firsts.get('') ?? []).join(' '))}`,
    ...[...firsts].flatMap(([before, words]) =>
      before === ''
        ? []
        : [
            `complete -c ${program} -f -n ${quoted(`__fish_seen_subcommand_from ${before}; and not __fish_seen_subcommand_from ${words.join(' ')}`)} -a ${quoted(words.join(' '))}`,
          ],
    ),
    ...commands.flatMap((command) => {
      const seen = command.name
        .split(' ')
        .map((word) => `__fish_seen_subcommand_from ${word}`)
        .join('; and ');
      return flagsOf(command).map((flag) => `complete -c ${program} -n ${quoted(seen)} -l ${flag.slice(2)}`);
    }),
  ]);
  return `${lines.join('\n')}\n`;
}
