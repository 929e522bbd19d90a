import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { pktLine } from './pkt-line.ts';
import { readReport, sortOf } from './report-status.ts';

const REF = 'refs/heads/yard';
// As Git 2.39 says it.
const NO_ROOM_FOR_OBJECTS = 'fatal: unable to write loose object file: No space left on device\n';
const NO_ROOM_FOR_LOCK = "error: cannot update ref 'refs/heads/x': couldn't write '/srv/x.git/./refs/heads/x.lock'\n";

describe('the report of a push', () => {
  it.each([
    'failed to update ref',
    'fetch first',
    'non-fast-forward',
    'stale info',
    "cannot lock ref 'refs/heads/x': is at 1111111 but expected 2222222",
    'failed to lock',
    'reference already exists',
    'incorrect old value provided',
    'unable to migrate objects to permanent storage',
  ])('calls %j a conflict', (reason) => {
    expect(readReport(report(['unpack ok', `ng ${REF} ${reason}`]), [REF]).get(REF)).toEqual({
      ok: false,
      sort: 'conflict',
      reason,
    });
  });

  it.each([
    'pre-receive hook declined',
    'deletion prohibited',
    'branch is currently checked out',
    'protected branch hook declined',
    'missing necessary objects',
    'words that nobody has seen before',
  ])('calls %j a refusal, because trying again would never end', (reason) => {
    expect(sortOf(reason)).toBe('refused');
  });

  it('is a refusal when the objects were not taken', () => {
    const reply = report(['unpack index-pack failed', `ng ${REF} unpacker error`]);

    expect(readReport(reply, [REF]).get(REF)).toMatchObject({
      sort: 'refused',
      reason: expect.stringContaining('index-pack'),
    });
  });

  it('adds what a hook said to people', () => {
    const reply = Buffer.concat([
      band(2, Buffer.from('only on weekdays\n')),
      report(['unpack ok', `ng ${REF} hook declined`]),
    ]);

    expect(readReport(reply, [REF]).get(REF)).toMatchObject({ reason: 'hook declined: only on weekdays' });
  });

  it.each([
    ['the objects do not fit', 'unpack unpack-objects abnormal exit', 'unpacker error', NO_ROOM_FOR_OBJECTS],
    ['the lock of the ref does not fit', 'unpack ok', 'failed to update ref', NO_ROOM_FOR_LOCK],
  ])('is no lost race when the disk is full: %s', (_, unpack, reason, said) => {
    const reply = Buffer.concat([band(2, Buffer.from(said)), report([unpack, `ng ${REF} ${reason}`])]);

    const answer = readReport(reply, [REF]).get(REF);

    expect(answer).toMatchObject({ sort: 'refused', reason: expect.stringContaining(said.trim()) });
  });

  it('is a lost race when only a hook complains of its disk', () => {
    const said = 'cannot log: No space left on device\nerror: cannot lock ref: is at 1111111 but expected 2222222\n';
    const reply = Buffer.concat([band(2, Buffer.from(said)), report(['unpack ok', `ng ${REF} failed to update ref`])]);

    expect(readReport(reply, [REF]).get(REF)).toMatchObject({ sort: 'conflict' });
  });

  it('counts only when it is whole', () => {
    const whole = report(['unpack ok', `ok ${REF}`]);
    expect(readReport(whole, [REF]).get(REF)).toEqual({ ok: true });

    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 5 }), (length) => {
        expect(() => readReport(whole.subarray(0, length), [REF])).toThrow();
      }),
    );
  });

  it('says nothing about a ref that it does not mention', () => {
    expect(() => readReport(report(['unpack ok', 'ok refs/heads/other']), [REF])).toThrow('does not mention');
  });

  it('is never believed to be in noise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => void expect(() => readReport(noise, [REF])).toThrow()),
    );
  });
});

function report(lines: readonly string[]): Buffer {
  return Buffer.concat([
    band(1, Buffer.concat([...lines.map((line) => pktLine(`${line}\n`)), Buffer.from('0000')])),
    Buffer.from('0000'),
  ]);
}

function band(number: number, content: Buffer): Buffer {
  return pktBytes(Buffer.concat([Buffer.from([number]), content]));
}

function pktBytes(content: Buffer): Buffer {
  return Buffer.concat([Buffer.from((content.length + 4).toString(16).padStart(4, '0')), content]);
}
