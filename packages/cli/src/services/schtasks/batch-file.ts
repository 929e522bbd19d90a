/** The batch file that the Task Scheduler starts: the environment of the daemon, a log that is kept small, and the daemon. */
import type { ServiceFacts } from '../facts.ts';
import { daemonWords, environmentFile, environmentOf, LOG_LIMIT_BYTES, MADE_BY } from '../files-of.ts';
import { forBatch } from '../quoting.ts';

export function batchFile(facts: ServiceFacts, log: string): string {
  const words = [...daemonWords(facts), '--log-file', log];
  return `${[
    '@echo off',
    `rem ${MADE_BY}`,
    'setlocal EnableExtensions DisableDelayedExpansion',
    // Paths below are written in UTF-8.
    'chcp 65001 >nul',
    ...environmentOf(facts).map(([name, value]) => `set "${name}=${value.replaceAll('%', '%%')}"`),
    `if exist ${forBatch(environmentFile(facts))} for /f "usebackq eol=# delims=" %%L in (${forBatch(environmentFile(facts))}) do set "%%L"`,
    `if exist ${forBatch(log)} for %%F in (${forBatch(log)}) do if %%~zF GTR ${LOG_LIMIT_BYTES} move /y ${forBatch(log)} ${forBatch(`${log}.1`)} >nul`,
    `${words.map(forBatch).join(' ')} >>${forBatch(log)} 2>&1`,
    'exit /b %ERRORLEVEL%',
  ].join('\r\n')}\r\n`;
}
