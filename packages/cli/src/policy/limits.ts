/** `--limit kind=amount`: each kind in the unit that people think of it in. */
import type { PolicyLimits } from '@gityard/domain';
import { usageError } from '../errors.ts';
import { readDuration, readSize, readWholeNumber } from '../read-words.ts';

const BYTES_OF_GB = 1e9;
const MS_OF_MINUTE = 60_000;

type Read = (word: string, name: string) => Partial<PolicyLimits>;

const KINDS: Readonly<Record<string, Read>> = {
  cores: (word, name) => ({ cores: readWholeNumber(word, name) ?? 0 }),
  memory: (word, name) => ({ memoryGB: (readSize(word, name) ?? 0) / BYTES_OF_GB }),
  disk: (word, name) => ({ diskGB: (readSize(word, name) ?? 0) / BYTES_OF_GB }),
  processes: (word, name) => ({ processes: readWholeNumber(word, name) ?? 0 }),
  time: (word, name) => ({ minutes: (readDuration(word, name) ?? 0) / MS_OF_MINUTE }),
};

export function limitsFrom(given: Readonly<Record<string, string>>): Partial<PolicyLimits> {
  const parts = Object.entries(given).map(([kind, word]) => {
    const read = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
    if (read) return read(word, `--limit ${kind}`);
    throw usageError(`--limit ${kind} is not known`, `choose one of ${Object.keys(KINDS).join(', ')}`);
  });
  return Object.assign({}, ...parts) as Partial<PolicyLimits>;
}
