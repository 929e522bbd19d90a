/**
 * Closes what whoever started this program left open in it. Builds would inherit it from us, and an open folder is a way out of
 * every sandbox. Node marks all that it opens itself, so that no child gets it; what is not marked, came from outside.
 */
import { closeSync, readdirSync, readFileSync } from 'node:fs';

const CLOSED_IN_CHILDREN = 0o2000000;
const FIRST = 3;

/** For the beginning of a program; only Linux tells what is open, and how. */
export function closeInherited(): void {
  if (process.platform !== 'linux') return;
  for (const descriptor of openDescriptors()) {
    if (descriptor < FIRST || isClosedInChildren(descriptor)) continue;
    try {
      closeSync(descriptor);
    } catch {
      // It was that of the folder that was just read.
    }
  }
}

function openDescriptors(): readonly number[] {
  try {
    return readdirSync('/proc/self/fd').map(Number);
  } catch {
    return [];
  }
}

/** What cannot be told is left alone. */
function isClosedInChildren(descriptor: number): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8'))?.[1];
    return flags === undefined || (Number.parseInt(flags, 8) & CLOSED_IN_CHILDREN) !== 0;
  } catch {
    return true;
  }
}
