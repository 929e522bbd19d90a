/** The log of a job in a terminal, as it is written: it goes on over broken connections, says the exit code at its end, and stays until it is read. */
import { ApiError, followBuildLog } from '@gityard/api/client';
import { clipped } from '@gityard/domain';
import * as vscode from 'vscode';
import type { YardLink } from '../link/yard-link.ts';
import { jobIn } from '../model/job-rows.ts';
import { terminalLine, terminalNote } from '../model/terminal-text.ts';

export interface LogOf {
  readonly id: string;
  readonly title: string;
}

export function showLog(link: YardLink, log: LogOf): vscode.Terminal {
  const terminal = vscode.window.createTerminal({
    name: `Log ${clipped(log.title, 32)}`,
    iconPath: new vscode.ThemeIcon('output'),
    pty: logTerminal(link, log),
  });
  terminal.show();
  return terminal;
}

/** Closing the terminal ends the following, and changes nothing of the build. */
function logTerminal(link: YardLink, { id, title }: LogOf): vscode.Pseudoterminal {
  const written = new vscode.EventEmitter<string>();
  const closed = new vscode.EventEmitter<void>();
  const stop = new AbortController();
  const say = (text: string) => written.fire(terminalNote(text));
  let attempt: string | undefined;
  let isOver = false;

  async function follow(): Promise<void> {
    const status = await followBuildLog({
      ...link.address,
      id,
      signal: stop.signal,
      colours: true,
      onLine: ({ log, text }) => {
        if (attempt !== undefined && attempt !== log) say('the next attempt begins');
        attempt = log;
        written.fire(terminalLine(text));
      },
      onTrouble: (reason) => say(reason === null ? 'the server answers again' : `${reason}; it is tried again`),
    });
    if (status === null) return;
    const code = await exitCode(link, { id, status });
    say(`${title} ${status.toLowerCase()}, exit code ${code}`);
  }

  return {
    onDidWrite: written.event,
    onDidClose: closed.event,
    open: () => {
      say(`following ${title} (${id})`);
      follow()
        .catch((error: unknown) => say(error instanceof ApiError ? error.problem.detail : (error as Error).message))
        .finally(() => {
          isOver = true;
          if (!stop.signal.aborted) say('press any key to close');
        });
    },
    // To end by itself would take the log away before somebody has read it.
    handleInput: () => {
      if (isOver) closed.fire();
    },
    close: () => stop.abort(),
  };
}

/** Of its last command, where the snapshot still has it; else whether it succeeded. */
async function exitCode(
  link: YardLink,
  { id, status }: { readonly id: string; readonly status: string },
): Promise<number> {
  if (status === 'Succeeded') return 0;
  const model = await link.call('readSnapshot', {}).catch(() => undefined);
  const job = model && link.model ? jobIn({ ...link.model, ...model } as typeof link.model, id) : undefined;
  return job?.exitCode || 1;
}
