import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../specs/world.ts';
import { SUMMARY_FILE, takeSummary } from './take-summary.ts';

it('cuts a summary that is too long between its lines, so that no half of a secret stands at its end', async () => {
  const temporary = temporaryFolder();
  writeFileSync(join(temporary, SUMMARY_FILE), `${'a'.repeat(65_530)}\nhunter2hunter2\n`);

  expect(await takeSummary({ temporary })).toBe('a'.repeat(65_530));
});
