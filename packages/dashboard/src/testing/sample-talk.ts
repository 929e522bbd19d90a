/** Locks that are held and waited for, and messages with something of everything that one may hold. */
import type { Ago } from './sample-jobs.ts';

export function locks(ago: Ago) {
  return [
    {
      name: 'publish',
      token: 12,
      holders: [{ holder: 'build3', token: 12, acquiredAt: ago(3), expiresAt: ago(-7), reason: 'release 4.21' }],
      waiting: [
        { holder: 'build1', since: ago(2), until: ago(-28) },
        { holder: 'job/01kara02queued', since: ago(1), until: null },
      ],
    },
    {
      name: 'licences',
      count: 3,
      token: 40,
      holders: [
        { holder: 'build1', token: 39, acquiredAt: ago(28), expiresAt: ago(2) },
        { holder: 'job/01kar9x2runcloud', token: 40, acquiredAt: ago(12), expiresAt: null },
      ],
    },
    { name: 'signing-key', token: 7 },
  ];
}

export function messages(ago: Ago) {
  const disk = {
    id: '01karmsg1',
    from: 'build2',
    to: 'all',
    type: 'warning',
    priority: 'high',
    subject: 'Disk is nearly full: 6.4 GB free',
    sentAt: ago(4),
    ackBy: ago(-56),
    readBy: { build1: ago(3), build3: ago(2) },
    body: [
      'The disk of **build2** fills by 2 GB a day. What I found:',
      '',
      '- `/var/lib/docker`: 61 GB',
      '  - 40 GB of it are *old* images',
      '- workspaces: 18 GB',
      '',
      '```sh',
      'docker image prune --all --filter "until=240h"',
      '```',
      '',
      'The runbook is [here](https://wiki.example/runbooks/disk). Until then the mirror works with password: Tr0ub4dor&3x',
    ].join('\n'),
    attachment: { name: 'disk-usage.txt', sizeBytes: 48_213, sha256: 'a1'.repeat(32), path: 'files/01karmsg1' },
  };
  return [
    disk,
    {
      id: '01karmsg1b',
      from: 'ada',
      to: 'build2',
      subject: 'Re: Disk is nearly full: 6.4 GB free',
      replyTo: '01karmsg1',
      sentAt: ago(2),
      readBy: { build2: ago(1) },
      body: 'Thank you. I prune it tonight.',
    },
    {
      id: '01karmsg2',
      from: 'ada',
      to: 'build3',
      type: 'request',
      subject: 'Please keep the workspace of the last portal build',
      sentAt: ago(35),
      readBy: { build3: ago(30) },
    },
    {
      id: '01karmsg3',
      from: 'build1',
      to: 'ada',
      type: 'response',
      subject: 'Kept',
      sentAt: ago(130),
      ackBy: ago(100),
      readBy: { ada: ago(120) },
      ackedBy: { ada: ago(110) },
    },
    { id: '01karmsg0', from: 'build1', to: 'release', subject: 'An older one', sentAt: ago(9000), body: 'old' },
  ];
}
