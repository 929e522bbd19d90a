/** The body of an annotated tag ⇄ its fields. Knows nothing of what messages mean. */
import { StoreError } from '../errors.ts';
import { parseSignature, type Signature, signatureLine } from './commit.ts';
import { isOid, type Oid } from './oid.ts';

export interface TagFields {
  readonly object: Oid;
  /** The last part of the ref's name. */
  readonly tag: string;
  readonly tagger: Signature;
  readonly message: string;
}

/** Of a commit: other things are tagged by nobody here. */
export function encodeTag({ object, tag, tagger, message }: TagFields): Uint8Array {
  const head = [`object ${object}`, 'type commit', `tag ${tag}`, `tagger ${signatureLine(tagger)}`];
  return new TextEncoder().encode(`${head.join('\n')}\n\n${message.replaceAll('\0', '').trimEnd()}\n`);
}

export function decodeTag(body: Uint8Array): TagFields {
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8');
  const end = text.indexOf('\n\n');
  const lines = (end < 0 ? text : text.slice(0, end)).split('\n');
  const value = (key: string) => lines.find((line) => line.startsWith(`${key} `))?.slice(key.length + 1);
  const object = value('object') ?? '';
  if (!isOid(object))
    throw new StoreError('REMOTE_INVALID', 'a tag names no object', { hint: 'run git fsck on the server' });
  return {
    object,
    tag: value('tag') ?? '',
    tagger: parseSignature(value('tagger')),
    message: end < 0 ? '' : text.slice(end + 2),
  };
}
