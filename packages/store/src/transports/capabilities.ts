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
  const lines = linesOf(advertisement);
  if (!lines.includes(VERSION_2)) {
    throw new StoreError('REMOTE_INVALID', `${name} does not speak version 2 of Git\u2019s protocol`, {
      hint: 'update Git on the server to 2.26 or later, or allow protocol.version 2 there',
    });
  }
  const values = new Map(lines.map((line) => line.split(/=(.*)/, 2) as [string, string | undefined]));
  const format = values.get('object-format');
  checkFormat(format, name);
  const fetch = (values.get('fetch') ?? '').split(' ');
  return {
    wantRef: fetch.includes('ref-in-want'),
    filter: fetch.includes('filter'),
    objectFormat: format !== undefined,
  };
}

/** False also for what is not Git at all: whoever reads it as something else will find out. */
export function speaksTwo(advertisement: Uint8Array): boolean {
  return linesOf(advertisement)[0] === VERSION_2;
}

export function checkFormat(format: string | undefined, name: string): void {
  if (format === undefined || format === 'sha1') return;
  throw new StoreError('REMOTE_INVALID', `${name} names its objects by ${format}`, {
    hint: 'use a repository with object format sha1',
  });
}

const VERSION_2 = 'version 2';

function linesOf(advertisement: Uint8Array): string[] {
  return [...readPktLines(advertisement)].flatMap((it) => (it.kind === 'data' ? [lineText(it.bytes)] : []));
}
