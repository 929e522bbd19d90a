/**
 * Speaks to the service manager of systemd, where it started us and wants to hear of us. Node has no sockets of the kind that it
 * listens on, so that its own `systemd-notify` says each word. Where nobody listens there is nothing to speak to.
 */
import { execFile } from 'node:child_process';
import type { ServiceManager } from '@gityard/agent';

interface Options {
  /** Told once: a word that is never heard ends in a restart, and nobody knows why. */
  readonly note: (text: string) => void;
}

/** A manager that does not take a word within this is not waited for. */
const PATIENCE_MS = 20_000;

export function serviceManagerOf(env: NodeJS.ProcessEnv, { note }: Options): ServiceManager | undefined {
  const { NOTIFY_SOCKET: socket } = env;
  if (!socket) return undefined;
  let isTold = false;
  const onFailure = (reason: string): void => {
    if (!isTold) note(`systemd is not told how this agent is: ${reason}`);
    isTold = true;
  };
  return {
    watchdogMs: watchdogMs(env),
    tell: (fact) => say(wordsFor(fact), { PATH: env.PATH, NOTIFY_SOCKET: socket }, onFailure),
  };
}

/** WATCHDOG_PID names whom it means: what a program of ours inherits is not for it. */
export function watchdogMs({ WATCHDOG_USEC, WATCHDOG_PID }: NodeJS.ProcessEnv, pid = process.pid): number | undefined {
  if (!/^[1-9]\d{0,14}$/.test(WATCHDOG_USEC ?? '') || (WATCHDOG_PID && WATCHDOG_PID !== String(pid))) return undefined;
  return Number(WATCHDOG_USEC) / 1000;
}

/** One message; a status holds names that others gave, and a line break in it would begin a word of its own. */
export function wordsFor({ ready, alive, stopping, status }: Parameters<ServiceManager['tell']>[0]): string[] {
  return [
    ...(ready ? ['READY=1'] : []),
    ...(stopping ? ['STOPPING=1'] : []),
    ...(alive ? ['WATCHDOG=1'] : []),
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not get through.
    `STATUS=${status.replace(/[\u0000-\u001f\u007f]+/g, ' ').slice(0, 500)}`,
  ];
}

function say(words: readonly string[], env: NodeJS.ProcessEnv, onFailure: (reason: string) => void): Promise<void> {
  return new Promise((resolve) => {
    execFile('systemd-notify', [...words], { env, timeout: PATIENCE_MS }, (error) => {
      if (error) onFailure(error.message.split('\n')[0] ?? '');
      resolve();
    });
  });
}
