/** A process that works a spool off: `<address> <home>`. It lives until nothing waits, or somebody kills it. */
import { setTimeout as delay } from 'node:timers/promises';
import { openYard } from '../open-yard.ts';
import { DEFAULT_REFS } from '../options.ts';
import { spoolPlace } from './place.ts';
import { openSpool } from './spool.ts';

const [address = '', home = ''] = process.argv.slice(2);
const yard = openYard({ address, actor: 'replayer' });
const spool = await openSpool({ place: spoolPlace(home, { address, refs: DEFAULT_REFS }), identity: 'mac' });
await yard.refresh();
// The one before was killed, and its lock lies there for some seconds more.
while (!(await spool.replay(yard))) await delay(100);
await yard.close();
console.log(`left ${await spool.count()}`);
