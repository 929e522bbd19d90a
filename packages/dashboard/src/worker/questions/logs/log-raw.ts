/** A whole log, byte for byte, to be kept as a file. null: there is none. */
import type { Reading } from '../question.ts';
import { type LogAsked, openLog } from './open-log.ts';

export async function logRaw(
  reading: Reading,
  asked: LogAsked,
): Promise<{ readonly name: string; readonly content: Blob } | null> {
  const open = await openLog(reading, { ...asked, isWhole: true });
  if (!open) return null;
  const name = `${open.log.stem.replace(/^.*\//, '')}.log`;
  return {
    name,
    content: new Blob([...open.chunks.values()].map(({ bytes }) => bytes) as BlobPart[], { type: 'text/plain' }),
  };
}
