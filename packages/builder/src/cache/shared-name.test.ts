import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../specs/world.ts';
import { sharedName } from './shared-name.ts';

describe('shared-name', () => {
  it('is the same for all who look into one folder, and another for each that has its own', async () => {
    const folder = temporaryFolder();
    const nameOf = (home: string, shared?: string) =>
      sharedName({ folder: shared }, { buildFolder: join(folder, home) });

    const [one, two, own] = await Promise.all([nameOf('a', `${folder}/s`), nameOf('b', `${folder}/s/.`), nameOf('a')]);

    expect(one).toBe(two);
    expect(own).not.toBe(one);
    expect(await nameOf('a')).toBe(own);
  });

  it('of a far cache comes from where it is, whoever logs in', async () => {
    const nameOf = (redis: string) => sharedName({ redis }, { buildFolder: '/nowhere' });

    expect(await nameOf('redis://ann:secret@cache:6379/1')).toBe(await nameOf('redis://cache:6379/1'));
    expect(await nameOf('redis://cache:6379/2')).not.toBe(await nameOf('redis://cache:6379/1'));
  });
});
