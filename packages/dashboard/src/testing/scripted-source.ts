/** A source whose answers a spec puts there, and which notes what it was asked. Looking at nothing is a failure. */
import type { ReadModel } from '@gityard/domain';
import type { Failure } from '../worker/protocol.ts';
import { type FoundFile, type Source, SourceFailure, type TreeEntry } from '../worker/sources/source.ts';

export class ScriptedSource {
  readonly asked: string[] = [];
  model: ReadModel | undefined;
  failure: Failure = { kind: 'unavailable', reason: 'nobody is there' };
  readonly blobs = new Map<string, Uint8Array>();
  tree: readonly TreeEntry[] = [];
  /** How many blobs come in one request; null: one each. */
  mostInBatch: number | null = null;

  readonly source: Source = {
    kind: 'github',
    address: 'github.com/acme/yard',
    isLocal: false,
    commands: () => 'no',
    look: async () => {
      this.asked.push('look');
      if (!this.model) throw new SourceFailure(this.failure);
      return { kind: 'snapshot', model: this.model, tag: null, budget: null };
    },
    file: async (_, path): Promise<FoundFile | undefined> => {
      this.asked.push(`file ${path}`);
      const entry = this.tree.find((it) => it.path === path);
      const bytes = entry && this.blobs.get(entry.oid);
      return bytes && { oid: entry.oid, bytes };
    },
    blob: async (oid) => {
      this.asked.push(`blob ${oid.slice(0, 4)}`);
      const bytes = this.blobs.get(oid);
      if (!bytes) throw new SourceFailure({ kind: 'not-found', reason: 'no such blob' });
      return bytes;
    },
    batch: async () =>
      this.mostInBatch === null
        ? null
        : {
            most: this.mostInBatch,
            read: async (oids) => {
              this.asked.push(`batch of ${oids.length}`);
              return new Map(oids.map((oid) => [oid, this.blobs.get(oid) ?? new Uint8Array()]));
            },
          },
    tree: async () => {
      this.asked.push('tree');
      return this.tree;
    },
    commits: async (from) => {
      this.asked.push('commits');
      const commit = 'commit' in from ? from.commit : 'c'.repeat(40);
      return [{ commit, at: '2026-03-01T12:00:00Z', author: 'ada', message: 'claim job 01j for build1\n\nMore' }];
    },
    send: async () => ({ state: 'applied', commit: null }),
    linkFor: () => null,
    linkTo: () => null,
    checkToken: async () => undefined,
    useToken: () => undefined,
  };
}
