/**
 * The words that start a script of the agent's owner: PowerShell for .ps1, the shell for a .sh that is not executable, and
 * everything else by itself. Only the path is given to them, never a line of a shell.
 */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Undefined: what it takes to run it is not installed. */
export function scriptCommand(
  path: string,
  environment: NodeJS.ProcessEnv = process.env,
): readonly string[] | undefined {
  if (/\.ps1$/i.test(path)) {
    const shell = ['pwsh', 'powershell'].find((name) => isOnPath(name, environment));
    return shell === undefined ? undefined : [shell, '-NoLogo', '-NoProfile', '-NonInteractive', '-File', path];
  }
  return /\.sh$/i.test(path) && !isExecutable(path) ? ['sh', path] : [path];
}

function isOnPath(name: string, { PATH = '', PATHEXT = '' }: NodeJS.ProcessEnv): boolean {
  const endings = process.platform === 'win32' ? PATHEXT.split(';') : [''];
  const folders = PATH.split(delimiter).filter((folder) => folder !== '');
  return folders.some((folder) => endings.some((ending) => isExecutable(join(folder, `${name}${ending}`))));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not for us: either way it cannot be started by itself.
    return false;
  }
}
