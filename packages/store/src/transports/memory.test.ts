import { buildAttempt } from '../attempt.ts';
import { readHistory } from '../history.ts';
import { transportContract } from './contract.ts';
import { MemoryRemote } from './memory.ts';

transportContract('memory', async () => {
  const remote = new MemoryRemote();
  return {
    connect: () => remote.transport(),
    pushByHand: (ref, path, text) => pushFile(remote, { ref, path, text }),
    async decline(text) {
      remote.faults.declines = text;
    },
    async loseNextReply() {
      remote.faults.next = 'lose-reply';
    },
    close: async () => undefined,
  };
});

async function pushFile(remote: MemoryRemote, { ref, path, text }: { ref: string; path: string; text: string }) {
  const transport = remote.transport();
  const history = await readHistory(transport, ref);
  const base = history.snapshotOf(history.commits.at(-1)?.oid ?? '');
  const author = { name: 'A Person', email: 'person@example.com' };
  const draft = { edits: [{ path, content: Buffer.from(text) }], message: 'by hand', author };
  const { snapshot, objects } = buildAttempt(draft, { base, history: 'kept', wallMs: 0, quick: () => undefined });
  await transport.push({ updates: [{ ref, expected: base.commit, next: snapshot.commit }], objects });
  return snapshot.commit;
}
