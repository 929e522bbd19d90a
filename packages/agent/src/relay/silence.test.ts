import type { Operation, Yard } from '@gityard/yard';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Ask, RelayLink } from './link.ts';
import { NOW, relayWorld } from './relay.fixture.ts';

const submit = (id: string): Operation => ({
  name: 'submit',
  input: { id, job: { command: ['true'] }, by: 'ada', now: NOW },
});
const silent: Ask = async () => {
  throw new Error('not a word');
};

describe('a link whose relay was asked', () => {
  let world: Awaited<ReturnType<typeof relayWorld>>;
  let yard: Yard;
  beforeEach(async () => {
    world = await relayWorld();
    yard = await world.connect('mac');
  });

  const linkTo = (ask: Ask) => {
    const link = new RelayLink({ ask, from: { actor: 'mac', boot: yard.boot } });
    link.use('http://relay');
    return link;
  };
  const broken = (code: string): Yard => {
    const performFor: Yard['performFor'] = async () => {
      throw Object.assign(new Error('away'), { code, mayHaveLanded: false });
    };
    return Object.assign(Object.create(yard) as Yard, { performFor });
  };

  it('does not say that nothing happened when it answered nothing and the remote fails as well', async () => {
    const failing = linkTo(silent).perform(broken('REMOTE_UNREACHABLE'), submit('j1'));

    await expect(failing).rejects.toMatchObject({ code: 'REMOTE_UNREACHABLE', mayHaveLanded: true });
  });

  it('takes no refusal of its own for the last word while the relay may do it yet', async () => {
    await yard.perform('submit', submit('j1').input as never);

    await expect(linkTo(silent).perform(yard, submit('j1'))).rejects.toMatchObject({ mayHaveLanded: true });
  });

  it('shows the state in which it was refused', async () => {
    await world.yard.perform('submit', submit('j1').input as never);
    const link = linkTo((_, question) => world.desk.answer(question));
    expect(yard.state.jobs.size).toBe(0);

    expect(await link.perform(yard, submit('j1'))).toMatchObject({ ok: false, code: 'DUPLICATE_ID' });

    expect(yard.state.jobs.size).toBe(1);
  });

  it('lets a spool ask once more, and not take its own number for that of a stranger', async () => {
    const from = { actor: 'mac.spool', boot: 'x1', request: 1 };
    const deaf: Ask = async (_, question) => {
      await world.desk.answer(question);
      return { kind: 'failed', reason: 'cut' };
    };
    const link = linkTo(deaf);

    await expect(link.performFor(yard, { from, operations: [submit('j1')], signal: undefined })).rejects.toMatchObject({
      mayHaveLanded: true,
    });
    expect(await link.performFor(yard, { from, operations: [submit('j1')], signal: undefined })).toBe('applied-before');
  });
});
