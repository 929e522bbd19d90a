/** The transports there are, by the form of their address. Adding one is a line here and a run of the contract. */
import { fileURLToPath } from 'node:url';

import { StoreError } from '../errors.ts';
import { type HttpOptions, httpChannel } from './http-channel.ts';
import { localChannel } from './local-channel.ts';
import { smartTransport } from './smart-transport.ts';
import type { Transport } from './transport.ts';

export type TransportOptions = HttpOptions;

type Open = (address: string, options: TransportOptions) => Transport;

const TRANSPORTS: readonly { readonly form: RegExp; readonly open: Open }[] = [
  { form: /^https?:\/\//i, open: (address, options) => smartTransport(httpChannel(address, options)) },
  { form: /^file:\/\//i, open: (address) => smartTransport(localChannel(fileURLToPath(address))) },
  // A path: anything that has no scheme (C:\ is a drive) and is not host:path, which would mean ssh.
  { form: /^(?![a-z][a-z0-9+.-]+:)(?![^/\\]{2,}:)/i, open: (address) => smartTransport(localChannel(address)) },
];

export function openTransport(address: string, options: TransportOptions = {}): Transport {
  const found = TRANSPORTS.find(({ form }) => form.test(address));
  if (found && address !== '') return found.open(address, options);

  throw new StoreError('REMOTE_INVALID', `no transport for ${withoutSecrets(address)}`, {
    hint: 'use http://, https://, file:// or the path of a folder',
  });
}

function withoutSecrets(address: string): string {
  return address.replace(/\/\/[^/@]*@/, '//').replace(/^[^/@:]*:[^/@]*@/, '');
}
