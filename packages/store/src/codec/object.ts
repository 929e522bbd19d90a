/** Git's four sorts of objects, and the one rule that names them. What a body means is said in tree.ts and commit.ts. */
import { createHash } from 'node:crypto';

import type { Oid } from './oid.ts';

export type ObjectType = 'commit' | 'tree' | 'blob' | 'tag';

export interface GitObject {
  readonly oid: Oid;
  readonly type: ObjectType;
  readonly body: Uint8Array;
}

export function makeObject(type: ObjectType, body: Uint8Array): GitObject {
  return { oid: nameOf(type, body), type, body };
}

function nameOf(type: ObjectType, body: Uint8Array): Oid {
  return createHash('sha1').update(`${type} ${body.length}\0`).update(body).digest('hex');
}
