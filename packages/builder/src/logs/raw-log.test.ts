import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../specs/world.ts';
import { openRawLog } from './raw-log.ts';

async function logged(chunks: readonly string[], maxBytes: number) {
  const folder = temporaryFolder();
  const file = join(folder, 'a.log');
  const log = await openRawLog(file, { maxBytes });
  await Promise.all(chunks.map((chunk) => log.write(Buffer.from(chunk))));
  const end = await log.close();
  return { ...end, text: readFileSync(file, 'utf8'), names: readdirSync(folder) };
}

describe('raw-log', () => {
  it.each([0, 1, 7, 8, 9, 15, 16])('keeps %i bytes of at most 16 whole and in order', async (length) => {
    const text = 'abcdefghijklmnop'.slice(0, length);

    expect(await logged([...text], 16)).toMatchObject({ text, totalBytes: length, truncated: false, names: ['a.log'] });
  });

  it.each([1, 3, 5, 40])(
    'keeps beginning and end when chunks of %i bytes are too many, and says how much is missing',
    async (size) => {
      const text = Array.from({ length: 10 }, (_, index) => `line ${index}\n`).join('');
      const chunks = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];

      const result = await logged(chunks, 16);

      expect(result).toMatchObject({ totalBytes: 70, truncated: true });
      expect(result.text).toBe(
        `${text.slice(0, 8)}\n[gityard: 54 bytes of output are left out here]\n${text.slice(-8)}`,
      );
    },
  );
});
