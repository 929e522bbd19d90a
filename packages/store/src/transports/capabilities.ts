/** What a server offers, read from its advertisement in protocol 2. Knows only what we make use of. */

import { lineText, readPktLines } from '../codec/pkt-line.ts';
import { StoreError } from '../errors.ts';

export interface Capabilities {
  /** A ref and its objects in one request. */
  readonly wantRef: boolean;
  readonly filter: boolean;
  readonly objectFormat: boolean;
}

export function readCapabilities(advertisement: Uint8Array, name: string): Capabilities {
  const lines = [...readPktLines(advertisement)].flatMap((it) => (it.kind === 'data' ? [lineText(it.bytes)] : []));
  if (!lines.includes('version 2')) {
    throw new StoreError('REMOTE_INVALID', `${name} does not speak version 2 of Git\u2019s protocol`, {
      hint: 'update Git on the server to 2.26 or later, or allow protocol.version 2 there',
    });
  }
  const values = new Map(lines.map((line) => line.split(/=(.*)/, 2) as [string, string | undefined]));
  const format = values.get('object-format');
  if (format !== undefined && format !== 'sha1') {
    throw new StoreError('REMOTE_INVALID', `${name} names its objects by ${format}`, {
      hint: 'use a repository with object format sha1',
    });
  }
  const fetch = (values.get('fetch') ?? '').split(' ');
  return {
    wantRef: fetch.includes('ref-in-want'),
    filter: fetch.includes('filter'),
    objectFormat: format !== undefined,
  };
}
