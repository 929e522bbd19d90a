/** A process that appends to a log until it is killed: `<folder> <name>`; prints each record once it was accepted. */
import { openSpoolLog } from './spool-log.ts';

const [folder = '', name = ''] = process.argv.slice(2);
const log = await openSpoolLog({ folder, newName: () => 'log' });
for (let count = 0; ; count++) {
  const text = `${name}${count}`;
  await log.append([Buffer.from(text)]);
  process.stdout.write(`${text}\n`);
}
