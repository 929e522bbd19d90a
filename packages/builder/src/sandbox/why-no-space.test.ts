import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../specs/world.ts';
import { whyNoSpace } from './why-no-space.ts';

const SAID = 'cp: error writing b: No space left on device\n';

describe('a program that finds no space', () => {
  it('has filled its temporary space where its disk has room', async () => {
    expect(await whyNoSpace(SAID, temporaryFolder())).toEqual({
      cause: 'code',
      text: 'filled its temporary space (/dev/shm or /tmp); let it keep less there',
    });
  });

  it('is not to blame for a disk that is full', async ({ skip }) => {
    // A file system that never has any room.
    skip(!existsSync('/proc/self'), 'there is no /proc here');

    expect(await whyNoSpace(SAID, '/proc/self')).toMatchObject({ cause: 'infrastructure' });
  });

  it('is taken at its word and no other', async () => {
    expect(await whyNoSpace('Error: no such file\n', temporaryFolder())).toBeNull();
  });
});
