/** Contents of a repository by their names, over one `git cat-file --batch`. What is too large is passed over unread. */
import { startGit } from './git.ts';
import { FILE_LIMIT_BYTES } from './source.ts';

export interface Blobs {
  /** null: larger than what is read, or not there. */
  read(oid: string): Promise<Uint8Array | null>;
  close(): void;
}

export function openBlobs(gitDir: string, signal?: AbortSignal): Blobs {
  const child = startGit({ args: ['cat-file', '--batch'], gitDir, signal });
  child.on('error', () => undefined);
  child.stdin?.on('error', () => undefined);
  child.stderr?.resume();
  const chunks = (child.stdout ?? throwing())[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let rest: Buffer = Buffer.alloc(0);

  const more = async (): Promise<boolean> => {
    const { value, done } = await chunks.next();
    if (done) return false;
    rest = rest.length === 0 ? value : Buffer.concat([rest, value]);
    return true;
  };
  const headLine = async (): Promise<string> => {
    for (let end = rest.indexOf(10); ; end = rest.indexOf(10)) {
      if (end !== -1) {
        const line = rest.subarray(0, end).toString('utf8');
        rest = rest.subarray(end + 1);
        return line;
      }
      if (!(await more())) throw new Error('git cat-file ended before it had answered');
    }
  };
  /** Gathered in pieces, because joining anew with every piece would copy a large file over and over. */
  const take = async (size: number, isWanted: boolean): Promise<Uint8Array | null> => {
    const pieces: Buffer[] = [];
    for (let left = size; left > 0; ) {
      if (rest.length === 0 && !(await more())) throw new Error('git cat-file ended in the middle of a file');
      const piece = rest.subarray(0, left);
      if (isWanted) pieces.push(piece);
      rest = rest.subarray(piece.length);
      left -= piece.length;
    }
    return isWanted ? Buffer.concat(pieces) : null;
  };

  return {
    read: async (oid) => {
      child.stdin?.write(`${oid}\n`);
      const [, type, size] = (await headLine()).split(' ');
      if (size === undefined) return null;
      const found = await take(Number(size), type === 'blob' && Number(size) <= FILE_LIMIT_BYTES);
      await take(1, false);
      return found;
    },
    close: () => {
      child.stdin?.end();
      child.kill();
    },
  };
}

function throwing(): never {
  throw new Error('git cat-file was started without its output');
}
