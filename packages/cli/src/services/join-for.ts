/** Paths of a service are of the system that it is rendered for, which specs render for as well where they run elsewhere. */
import { posix, win32 } from 'node:path';

export const joinFor = (path: string): ((...parts: string[]) => string) =>
  /^[a-z]:[\\/]|^\\\\/i.test(path) ? win32.join : posix.join;
