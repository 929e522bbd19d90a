/** Where things are in a bare repository, and the two files that never change. Git's own layout, sha1, refs as files. */
import { join } from 'node:path';

// An extension of Git's for repositories that lack files which only the remote has: those that were too large to fetch.
// Its own check passes such gaps where ".promisor" stands beside the pack that names them.
export const CONFIG = `[core]
\trepositoryformatversion = 1
\tfilemode = false
\tbare = true
[extensions]
\tpartialClone = origin
`;

export const headFileFor = (ref: string): string => `ref: ${ref}\n`;

export const packsIn = (path: string): string => join(path, 'objects', 'pack');
export const stemOf = (name: string): string => name.slice(0, name.lastIndexOf('.'));
