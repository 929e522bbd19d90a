/** The transports there are, by the form of their address. Adding one is a line here and a run of the contract. */
import { fileURLToPath } from 'node:url';

import { StoreError } from '../errors.ts';
import { GITHUB_FORM } from './github/address.ts';
import { githubTransport } from './github/github-transport.ts';
import { type HttpOptions, httpChannel } from './http-channel.ts';
import { localChannel } from './local-channel.ts';
import { smartTransport } from './smart-transport.ts';
import { SCP_FORM } from './ssh/address.ts';
import { type SshTransportOptions, sshTransport } from './ssh/ssh-transport.ts';
import type { Transport } from './transport.ts';

export type TransportOptions = HttpOptions & SshTransportOptions;

interface Kind {
  /** For people, who are told what there is when they ask for something else. */
  readonly name: string;
  readonly form: RegExp;
  open(address: string, options: TransportOptions): Transport;
}

const KINDS: readonly Kind[] = [
  {
    name: 'http:// or https://',
    form: /^https?:\/\//i,
    open: (address, options) => smartTransport(httpChannel(address, options)),
  },
  {
    name: 'ssh://',
    form: /^ssh:\/\//i,
    open: sshTransport,
  },
  {
    name: 'git@host:path',
    form: SCP_FORM,
    open: sshTransport,
  },
  {
    name: 'file://',
    form: /^file:\/\//i,
    open: (address) => smartTransport(localChannel(fileURLToPath(address))),
  },
  {
    name: 'the path of a folder',
    // Anything without a colon before its first slash: that would be a scheme or host:path. (C:\ is a drive.)
    form: /^(?![^/\\]{2,}:)(?=.*\S)/,
    open: (address) => smartTransport(localChannel(address)),
  },
  {
    name: 'github:owner/repository',
    form: GITHUB_FORM,
    open: (address, options) => githubTransport(address, options),
  },
];

const HINT = `use ${KINDS.map((it) => it.name).join(', or ')}`;

export function openTransport(address: string, options: TransportOptions = {}): Transport {
  const kind = KINDS.find(({ form }) => form.test(address));
  if (!kind) throw invalid(`${schemeOf(address)} is not supported: "${withoutSecrets(address)}"`);
  try {
    return kind.open(address, options);
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    throw invalid(`"${withoutSecrets(address)}" is no address of a repository: ${(cause as Error).message}`, cause);
  }
}

function invalid(message: string, cause?: unknown): StoreError {
  return new StoreError('REMOTE_INVALID', message, { hint: HINT, cause });
}

function schemeOf(address: string): string {
  if (address.trim() === '') return 'an empty address';
  const [, scheme = '', mark] = /^([a-z][a-z0-9+.-]*)(:\/\/|::)/i.exec(address) ?? [];
  return mark ? `${scheme.toLowerCase()}${mark}` : 'this form of address';
}

/** All before the last "@" may belong to a password. */
function withoutSecrets(address: string): string {
  return address.replace(/^(.*:\/\/)?.*@/, '$1');
}
