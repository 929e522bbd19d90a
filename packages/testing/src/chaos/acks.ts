/**
 * What the people of a run were promised, one line each in a file that is synced before they go on. Together with the
 * repository it is all that the judge believes.
 */
import { open, readFile } from 'node:fs/promises';

export interface Ack {
  readonly kind: 'job' | 'message' | 'queue-file';
  /** Given by whoever asked, unique in the run: a retry that made a second job would bear it as well. */
  readonly tag: string;
  /** What the program said; null for a file that was pushed by hand. */
  readonly id: string | null;
}

/** What was asked for in a run, as opposed to what a yard tells people by itself. */
export const isTag = (text: string): boolean => /^[a-z]+-\d+$/.test(text);

export interface AckFile {
  note(ack: Ack): Promise<void>;
  readonly count: number;
  close(): Promise<void>;
}

export async function openAcks(path: string): Promise<AckFile> {
  const file = await open(path, 'a');
  let count = 0;
  return {
    async note(ack) {
      await file.appendFile(`${JSON.stringify(ack)}\n`);
      await file.sync();
      count += 1;
    },
    get count() {
      return count;
    },
    close: () => file.close(),
  };
}

export async function readAcks(path: string): Promise<Ack[]> {
  const text = await readFile(path, 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Ack);
}
