import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startGitServer } from '@gityard/gitserver';
import { type FaultMode, type NodeProcess, startFaultProxy, startNode, temporaryFolder } from '@gityard/testing';
import { expect, it } from 'vitest';
import { createYard } from '../create-yard.ts';
import { auditYard } from '../history/audit.ts';
import { openYard } from '../open-yard.ts';
import { DEFAULT_REFS } from '../options.ts';
import { spoolPlace } from './place.ts';
import { send, submit } from './spool.fixture.ts';
import { openSpool } from './spool.ts';

const PROGRAM = fileURLToPath(new URL('./replayer-program.fixture.ts', import.meta.url));
const nodeArguments = ['--conditions=source', '--import', createRequire(import.meta.url).resolve('tsx')];
const COUNT = 250;

function kill(life: NodeProcess): true {
  life.kill('SIGKILL');
  return true;
}

it('a spool has one effect, though whoever works it off is killed at every push, before it arrived and after', async () => {
  const folder = await temporaryFolder();
  const server = await startGitServer({ root: join(folder.path, 'git') });
  const proxy = await startFaultProxy({ target: server.url });
  try {
    await server.createRepository('yard');
    await createYard({ address: server.urlOf('yard'), actor: 'founder' });
    const address = proxy.urlOf('yard');
    const place = spoolPlace(join(folder.path, 'home'), { address, refs: DEFAULT_REFS });
    const spool = await openSpool({ place, identity: 'mac' });
    const refused = submit('refused', { command: ['true'], needs: ['nobody'] });
    const operations = Array.from({ length: COUNT }, (_, at) => (at % 2 === 0 ? submit(`j${at}`) : send(`m${at}`)));
    await spool.accept([...operations, refused].map((operation) => ({ operation })));
    const start = (): NodeProcess => startNode(PROGRAM, [address, join(folder.path, 'home')], { nodeArguments });

    // One batch after the other: killed before it is sent, killed when it has landed, and then seen to be there.
    const fates: FaultMode[] = ['reset', 'lose-reply', 'reset', 'lose-reply', 'lose-reply'];
    for (const mode of fates) {
      const life = start();
      const mend = proxy.addRule({ when: ({ kind }) => kind === 'push' && kill(life), mode });
      expect(await life.exit).toEqual({ code: null, signal: 'SIGKILL' });
      mend();
    }
    const last = start();
    await last.waitForLine(/^left 0$/);
    await last.exit;

    const yard = openYard({ address: server.urlOf('yard'), actor: 'reader' });
    const state = await yard.refresh();
    expect([state.jobs.size, state.messages.size]).toEqual([COUNT / 2, COUNT / 2]);
    expect(await auditYard(yard)).toMatchObject({ ok: true, operations: COUNT });
    expect((await spool.refused()).map((it) => [it.about, it.code])).toEqual([['refused', 'UNKNOWN_NEED']]);
    await yard.close();
  } finally {
    await proxy.close();
    await server.close();
    await folder.remove();
  }
});
