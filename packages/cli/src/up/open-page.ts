/** Shows an address in the person's browser, with whatever this system opens addresses with. Fails silently: the address was printed. */
import { spawn } from 'node:child_process';

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

export function openPage(url: string): void {
  const [program = 'xdg-open', ...words] = OPENERS[process.platform] ?? ['xdg-open'];
  const child = spawn(program, [...words, url], { stdio: 'ignore', detached: true });
  // A machine without a desktop has no such program, and that is no failure of ours.
  child.on('error', () => undefined);
  child.unref();
}
