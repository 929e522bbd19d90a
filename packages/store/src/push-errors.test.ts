import { expect, it } from 'vitest';

import { refusedPush } from './push-errors.ts';

const TARGET = { remote: 'https://git.example.com/yard.git', ref: 'refs/heads/yard' };
const UNPACK = 'the server could not unpack: ';

it.each([
  [`${UNPACK}unpack-objects abnormal exit: fatal: unable to write file: No space left on device`, 'DISK_FULL'],
  ["failed to update ref: error: couldn't write '/srv/yard.git/./refs/heads/yard.lock'", 'DISK_FULL'],
  [`${UNPACK}index-pack abnormal exit: fatal: write error: Disk quota exceeded`, 'DISK_FULL'],
  [`${UNPACK}unable to create temporary object directory`, 'READ_ONLY'],
  ["failed to update ref: error: Unable to create 'yard.lock': Read-only file system", 'READ_ONLY'],
  [`${UNPACK}eof before pack header was fully read`, 'REMOTE_INVALID'],
  ['branch is currently checked out: error: refusing to update checked out branch', 'DENIED'],
  ['pre-receive hook declined: only on weekdays', 'DENIED'],
])('%j is %s', (reason, code) => {
  expect(refusedPush(TARGET, reason)).toMatchObject({
    code,
    message: expect.stringContaining(TARGET.remote),
    hint: expect.stringMatching(/\w/),
    mayHaveLanded: false,
  });
});
