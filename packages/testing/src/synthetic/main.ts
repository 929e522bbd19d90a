/**
 * Writes a synthetic yard into a new bare repository:
 *
 *     npx tsx --conditions=source packages/testing/src/synthetic/main.ts /tmp/long.git --days 45 --cuts 15,30
 */
import { parseArgs } from 'node:util';
import { toTime } from '@gityard/domain';
import { makeSyntheticYard } from './make-yard.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    days: { type: 'string', default: '45' },
    jobs: { type: 'string', default: '30' },
    cuts: { type: 'string', default: '' },
    seed: { type: 'string', default: '1' },
    until: { type: 'string', default: new Date().toISOString() },
  },
});
const [folder] = positionals;
if (folder === undefined) throw new Error('name the folder of the repository that is to be made');
await makeSyntheticYard(folder, {
  days: Number(values.days),
  jobsPerDay: Number(values.jobs),
  cuts: values.cuts.split(',').filter(Boolean).map(Number),
  seed: Number(values.seed),
  until: toTime(Date.parse(values.until)),
  onDay: (day) => console.error(`day ${day}`),
});
