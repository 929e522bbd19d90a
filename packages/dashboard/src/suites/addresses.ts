/** Every address that the suites go to: each page of `pages/list.ts`, and the things behind it. */
import { readFileSync } from 'node:fs';

const LIST = readFileSync(new URL('../pages/list.ts', import.meta.url), 'utf8');

/** Read as text: its elements need a browser. */
const PAGE_NAMES: readonly string[] = [...LIST.matchAll(/\{\s*name: '([\w-]*)'/g)].map(([, name = '']) => name);

const BEHIND: Readonly<Record<string, readonly string[]>> = {
  jobs: [
    'jobs?view=table',
    'jobs?view=graph',
    'jobs?view=waves',
    'jobs?view=time',
    'jobs/01kar7failedxx',
    'jobs/01kara02queued',
    'jobs/01kar7failedxx/log',
  ],
  servers: ['servers/build1', 'servers/build4'],
  messages: ['messages/01karmsg1'],
  artifacts: ['artifacts/01kar7okcloud'],
  compare: ['compare/01kar7okcloud/01kar7okportal'],
  history: ['history?span=24h'],
};

export const ADDRESSES: readonly string[] = [
  ...PAGE_NAMES.flatMap((name) => [name, ...(BEHIND[name] ?? [])]),
  'no/such/page',
].map((address) => `#/${address}`);
