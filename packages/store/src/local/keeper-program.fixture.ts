/** A program that keeps a copy until it is killed: `<folder> <repository>`; prints what it is told of it, and each commit. */
import { openLedger } from '../ledger.fixture.ts';
import { openTransport } from '../transports/list.ts';
import { openLocalObjects } from './local-objects.ts';

const [folder = '', repository = ''] = process.argv.slice(2);
const local = openLocalObjects({
  folder,
  remote: repository,
  betweenWritesMs: 0,
  tell: ({ kind, text }) => console.log(`${kind}: ${text}`),
});
const ledger = openLedger(openTransport(repository), { local });
for (;;) {
  const { commit } = await ledger.perform({ id: `${process.pid}-${performance.now()}` });
  console.log(`committed ${commit}`);
}
