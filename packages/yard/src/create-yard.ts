/** Makes a repository a yard: the first commit of each ref. Never touches a ref that exists. */
import { publishedSchema, SCHEMAS, type SchemaName, validate, type YardConfig } from '@gityard/domain';
import {
  type Edit,
  openStore,
  openTransport,
  type Ports,
  type Store,
  StoreError,
  type Transport,
} from '@gityard/store';
import { DEFAULT_REFS, type Refs } from './options.ts';
import { canonicalBytes } from './writing/canonical-json.ts';
import { beginMessage } from './writing/commit-message.ts';

/** What is left out, also within a group of settings, is as it is by default. */
type SomeSettings = {
  readonly [K in keyof YardConfig]?: YardConfig[K] extends readonly unknown[] | string | number | undefined
    ? YardConfig[K]
    : Partial<YardConfig[K]>;
};

export interface CreateYard {
  readonly address: string | Transport;
  readonly token?: string;
  readonly sshKey?: string;
  readonly refs?: Refs;
  /** What yard.json says beside the defaults. */
  readonly config?: SomeSettings;
  readonly actor: string;
  /** Of a person, for the history. */
  readonly reason?: string | null;
  readonly ports?: Ports;
}
export interface CreatedRef {
  readonly ref: string;
  readonly created: boolean;
}

export async function createYard({
  address,
  token,
  sshKey,
  refs = DEFAULT_REFS,
  config = {},
  actor,
  reason = null,
  ports,
}: CreateYard): Promise<CreatedRef[]> {
  const transport = typeof address === 'string' ? openTransport(address, { token, sshKey }) : address;
  const author = { name: actor, email: `${actor}@gityard.invalid` };
  try {
    const there = await transport.readRefs(Object.values(refs));
    if (there.has(refs.state)) await expectYard({ transport, ref: refs.state, history: 'kept', ports });
    const begin = (ref: string, history: 'kept' | 'none', edits: Edit[], message: string) =>
      there.has(ref) ? { ref, created: false } : createRef({ transport, ref, history, ports, edits, message, author });
    return [
      await begin(refs.state, 'kept', stateFiles(config), beginMessage(actor, reason)),
      await begin(refs.live, 'none', [readme(LIVE_README)], 'begin the live ref\n'),
      await begin(refs.logs, 'kept', [readme(LOGS_README)], 'begin the logs ref\n'),
    ];
  } finally {
    if (typeof address === 'string') await transport.close();
  }
}

/** A branch of that name may be somebody's work: that is left alone, and not taken for a yard. */
async function expectYard(place: Place): Promise<void> {
  const store = idleStore(place);
  try {
    if ((await store.refresh()).entry('yard.json')) return;
  } finally {
    await store.close();
  }
  throw new StoreError('REMOTE_INVALID', `${place.ref} is there already, and is no yard: it holds no yard.json`, {
    hint: 'name another branch with --refs-state, or put a yard.json there',
  });
}

interface Place {
  readonly transport: Transport;
  readonly ref: string;
  readonly history: 'kept' | 'none';
  readonly ports: Ports | undefined;
}

interface CreateRef extends Place {
  readonly edits: readonly Edit[];
  readonly message: string;
  readonly author: { name: string; email: string };
}

async function createRef({ edits, message, author, ...place }: CreateRef): Promise<CreatedRef> {
  const { ref } = place;
  const store = idleStore(place);
  try {
    await store.create({ edits, message, author });
    return { ref, created: true };
  } catch (error) {
    if (error instanceof StoreError && error.code === 'CONFLICT') return { ref, created: false };
    throw error;
  } finally {
    await store.close();
  }
}

/** Performs nothing: operations begin once there is a yard. */
function idleStore(place: Place): Store<never, never> {
  return openStore({
    ...place,
    compose: () => ({ edits: [], message: '', author: { name: '', email: '' }, answers: [] }),
  });
}

function stateFiles(config: SomeSettings): Edit[] {
  const checked = validate('yard', JSON.parse(JSON.stringify(config)));
  if (!checked.ok)
    throw new StoreError('REMOTE_INVALID', `yard.json: ${checked.reason}`, { hint: 'see schemas/yard.schema.json' });
  const yard = { $schema: 'schemas/yard.schema.json', ...checked.value };
  const schemas = (Object.keys(SCHEMAS) as SchemaName[]).map((name) => ({
    path: `schemas/${name}.schema.json`,
    content: canonicalBytes(publishedSchema(name)),
  }));
  return [
    { path: 'yard.json', content: canonicalBytes(yard) },
    { path: 'queue/README.md', content: bytes(QUEUE_README) },
    ...schemas,
  ];
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const readme = (text: string): Edit => ({ path: 'README.md', content: bytes(text) });

const QUEUE_README = `# Inbox

Add a file \`queue/<any-name>.json\` with an ordinary commit and push: it becomes a job.

    { "repo": "https://github.com/acme/app", "branch": "main", "toolchain": "npm" }

A file may also hold an array of up to 1,000 such wishes, or a command: \`{ "op": "cancel", "target": "<job>" }\`,
which with \`"if": { "status": "queued" }\` is done only while that is so. Files may lie in a folder: \`queue/<folder>/<any-name>.json\`.
\`gityard queue check <file>\` tells beforehand what is wrong with one.
When it is taken up the file goes away. When something is wrong with it, \`<any-name>.error.md\` says what.
The fields: \`schemas/queue-job.schema.json\`, \`schemas/queue-command.schema.json\`.
`;
const LIVE_README = 'Heartbeats and the read model of this yard. Always one commit: nothing here is kept.\n';
const LOGS_README = 'Structured build logs of this yard, one folder for each agent.\n';
