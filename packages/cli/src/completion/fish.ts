/** Completion for fish, with what each word does. */
import { type Choice, PROGRAMS, stepsOf, type Tables } from './tables.ts';

export function fish(tables: Tables): string {
  return `function __gityard_complete
    set -l before ''
    set -l previous ''
    for word in (commandline -opc)[2..]
        set previous $word
        string match -q -- '-*' $word; and continue
        switch "$before $word"
            case ${stepsOf(tables).map(quoted).join(' ')}
                set before (string trim -- "$before $word")
        end
    end
    switch "$before $previous"
${casesOf(tables.values)}
        case '*'
            if string match -q -- '-*' (commandline -ct)
                switch "$before"
${casesOf(tables.flags)}
                end
            else
                switch "$before"
${casesOf(tables.words)}
                    case '*'
                        __fish_complete_path (commandline -ct)
                end
            end
    end
end
${PROGRAMS.map((it) => `complete -c ${it} -f -a '(__gityard_complete)'`).join('\n')}
`;
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const casesOf = (table: ReadonlyMap<string, readonly Choice[]>): string =>
  [...table]
    .map(([key, those]) => {
      const pairs = those.map(({ word, summary }) => `${quoted(word)} ${quoted(summary)}`);
      return `            case ${quoted(key)}\n                printf '%s\\t%s\\n' ${pairs.join(' ')}`;
    })
    .join('\n');
