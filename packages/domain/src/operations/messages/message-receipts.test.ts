import { describe, expect, it } from 'vitest';
import { nothingToCommit, refusal, resultOf, stateAfter } from '../../spec/outcome.ts';
import { minutesAfterNoon, noon, world } from '../../spec/world.ts';
import { acknowledgeMessage, readMessage } from './message-receipts.ts';

const by = (reader: string, now = noon) => ({ messageId: 'm1', reader, now });
const { state } = world().message('m1', { to: 'all' });

describe('message-receipts', () => {
  it('marks for one reader and leaves the others unmarked', () => {
    const after = stateAfter(state, readMessage(state, by('mac')));
    const later = stateAfter(after, readMessage(after, by('pc', minutesAfterNoon(1))));

    expect(later.messages.get('m1')).toMatchObject({ readBy: { mac: noon, pc: minutesAfterNoon(1) }, ackedBy: {} });
  });

  it('takes who acknowledges for one who has read, without moving an earlier reading', () => {
    const read = stateAfter(state, readMessage(state, by('mac')));

    expect(resultOf(acknowledgeMessage(state, by('mac'))).readBy).toEqual({ mac: noon });
    expect(resultOf(acknowledgeMessage(read, by('mac', minutesAfterNoon(1)))).readBy).toEqual({ mac: noon });
  });

  it.each([
    ['read', readMessage],
    ['acknowledged', acknowledgeMessage],
  ] as const)('keeps the first time that it was %s', (_, operation) => {
    const after = stateAfter(state, operation(state, by('mac')));

    expect(operation(after, by('mac', minutesAfterNoon(1)))).toMatchObject(nothingToCommit);
  });

  it('knows a reader by any name, such as one that every object has', () => {
    expect(resultOf(readMessage(state, by('constructor'))).readBy).toEqual({ constructor: noon });
  });

  it.each([
    ['read', readMessage],
    ['acknowledged', acknowledgeMessage],
  ] as const)('is %s by its recipients alone', (_, operation) => {
    const yard = world().yard({ roles: { ops: ['Pc'] } });
    const toAnn = yard.message('m1', { from: 'mac', to: 'Ann Lee' }).state;
    const toOps = yard.message('m1', { from: 'mac', to: 'Ops' }).state;

    expect(operation(toAnn, by('mac'))).toMatchObject(refusal('NOT_ADDRESSED'));
    expect(operation(state, by(state.messages.get('m1')?.from ?? ''))).toMatchObject(refusal('NOT_ADDRESSED'));
    expect(operation(toOps, by('ann'))).toMatchObject(refusal('NOT_ADDRESSED'));
    expect(resultOf(operation(toOps, by('pc'))).readBy).toEqual({ pc: noon });
    expect(resultOf(operation(toAnn, by('ann-lee'))).readBy).toEqual({ 'ann-lee': noon });
  });

  it('takes a name in any spelling for one reader', () => {
    const after = stateAfter(state, acknowledgeMessage(state, by('Mac')));

    expect(acknowledgeMessage(after, by('mac'))).toMatchObject(nothingToCommit);
  });

  it('refuses a message that does not exist', () => {
    expect(readMessage(state, { ...by('mac'), messageId: 'm9' })).toMatchObject(refusal('NOT_FOUND'));
  });
});
