import { expect, it } from 'vitest';
import { KnownNodes } from './known-nodes.ts';
import type { NodeRow, TreeNode } from './tree-node.ts';

const nodeOf = (oid: string, folders: readonly TreeNode[] = []): TreeNode => ({
  oid,
  body: new Uint8Array(),
  rows: new Map(folders.map((node) => [node.oid, { name: node.oid, mode: '40000', oid: node.oid, node } as NodeRow])),
});

it('keeps the folders of the last trees, however many there were before', () => {
  const known = new KnownNodes();
  const shared = nodeOf('shared', [nodeOf('deep')]);
  known.keep(shared);
  const sizes: number[] = [];
  for (let at = 0; at < 20_000; at++) {
    const own = nodeOf(`own${at}`);
    const root = nodeOf(`root${at}`, [shared, own]);
    for (const node of [own, root]) known.keep(node);
    known.settleOn(root);
    sizes.push(known.size);
  }

  expect(Math.max(...sizes)).toBeLessThan(1_100);
  expect(['deep', 'shared', 'own19999', 'root19999'].map((oid) => known.get(oid)?.oid)).not.toContain(undefined);
  expect(known.get('root0')).toBeUndefined();
});
