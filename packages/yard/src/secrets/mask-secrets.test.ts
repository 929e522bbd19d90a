import { describe, expect, it } from 'vitest';
import { maskSecrets } from './mask-secrets.ts';

/** Put together here, so that no scanner of repositories stumbles over this file. */
const githubToken = `ghp_${'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'}`;

describe('a masked text', () => {
  it('says everything but its secrets', async () => {
    const masked = await maskSecrets(`first ${githubToken} and ${githubToken}\nlast\n`);

    expect(masked).toBe('first ***REDACTED*** and ***REDACTED***\nlast\n');
  });

  it('hides a password in an address', async () => {
    expect(await maskSecrets(`git clone https://ada:${'s3cret-Word'}@git.example.org/app`)).not.toContain('s3cret');
  });

  it('stays as it was without any', async () => {
    expect(await maskSecrets('Build completed successfully!\n')).toBe('Build completed successfully!\n');
  });
});
