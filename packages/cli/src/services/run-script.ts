/** The script that cron and launchd start: the environment of the daemon, a log that does not grow for ever, and the daemon. */

import type { ServiceFacts } from './facts.ts';
import { daemonWords, environmentFile, environmentOf, LOG_LIMIT_BYTES, MADE_BY } from './files-of.ts';
import { forShell } from './quoting.ts';

interface Keeping {
  /** A command in front of the daemon's, as words. */
  readonly before: readonly string[];
  readonly log: string;
}

/** `--log-file` opens its file for each line, so that it may be moved away while the daemon runs. */
export function runScript(facts: ServiceFacts, { before, log }: Keeping): string {
  const words = [...before, ...daemonWords(facts), '--log-file', log];
  return `${[
    '#!/bin/sh',
    `# ${MADE_BY}`,
    ...environmentOf(facts).map(([name, value]) => `export ${name}=${forShell(value)}`),
    '# Each line as it stands: nothing in it is a command.',
    `if [ -r ${forShell(environmentFile(facts))} ]; then`,
    '  while IFS= read -r line || [ -n "$line" ]; do',
    // A word that is no name would end the script.
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is one of the shell.
    '    name=${line%%=*}',
    '    case $name in "$line" | "" | [0-9]* | *[!A-Za-z0-9_]*) ;; *) export "$line" ;; esac',
    `  done <${forShell(environmentFile(facts))}`,
    'fi',
    'cd / || exit 1',
    `log=${forShell(log)}`,
    `if [ "$(wc -c <"$log" 2>/dev/null || echo 0)" -gt ${LOG_LIMIT_BYTES} ]; then mv -f "$log" "$log.1"; fi`,
    `exec ${words.map(forShell).join(' ')} >>"$log" 2>&1`,
  ].join('\n')}\n`;
}
