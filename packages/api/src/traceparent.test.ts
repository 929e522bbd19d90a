import { expect, it } from 'vitest';
import { traceparentOf } from './traceparent.ts';

const TRACE = 'a'.repeat(32);
const PARENT = 'b'.repeat(16);

it.each([
  [`00-${TRACE}-${PARENT}-01`, `00-${TRACE}-${PARENT}-01`],
  [`00-${TRACE}-${PARENT}-00`, `00-${TRACE}-${PARENT}-00`],
  // Of a later version its first parts are as they are now.
  [`01-${TRACE}-${PARENT}-01-more`, `00-${TRACE}-${PARENT}-01`],
])('goes on with the trace of %s', (header, kept) => {
  expect(traceparentOf(header)).toBe(kept);
});

it.each([
  undefined,
  '',
  `00-${TRACE}-${PARENT}`,
  `00-${'0'.repeat(32)}-${PARENT}-01`,
  `00-${TRACE}-${'0'.repeat(16)}-01`,
  `ff-${TRACE}-${PARENT}-01`,
  `00-${TRACE.toUpperCase()}-${PARENT}-01`,
  `00-${TRACE}-${PARENT}-01-more`,
  ['00', '01'],
])('begins a new trace where the caller says %j', (header) => {
  const made = [traceparentOf(header), traceparentOf(header)];

  expect(made[0]).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  expect(made[0]).not.toBe(made[1]);
});
