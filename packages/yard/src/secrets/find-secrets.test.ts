import { describe, expect, it } from 'vitest';
import { findSecrets } from './find-secrets.ts';

/** Put together here, so that no scanner of repositories stumbles over this file. */
const githubToken = `ghp_${'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'}`;

describe('secrets in a text', () => {
  it('are found with their line, and never repeated', async () => {
    const found = await findSecrets(`hello\ntoken ${githubToken}\n`);
    expect(found).toMatchObject([{ rule: 'github', line: 2 }]);
    expect(JSON.stringify(found)).not.toContain(githubToken);
  });

  it('are found in addresses', async () => {
    expect(await findSecrets(`https://ada:${'s3cret-Word'}@git.example.org/app`)).toMatchObject([
      { rule: 'basicauth' },
    ]);
  });

  it('are not seen in ordinary words', async () => {
    expect(await findSecrets('Disk swap at 14:00; see commit 4f5e6d7c8b9a0f1e2d3c4b5a69788796a5b4c3d2')).toEqual([]);
  });
});
