import { describe, expect, it } from 'vitest';
import { layersOf } from './layering.ts';

const node = (id: string, ...needs: string[]) => ({ id, needs });

describe('layering', () => {
  it('puts everything behind all that it needs', () => {
    const { layers, edges } = layersOf([
      node('d', 'b', 'c'),
      node('c', 'a'),
      node('b', 'a'),
      node('a'),
      node('e', 'd', 'a'),
    ]);

    expect(layers.map((layer) => [...layer].sort())).toEqual([['a'], ['b', 'c'], ['d'], ['e']]);
    expect(edges).toHaveLength(6);
  });

  it('orders a layer so that edges do not cross where they need not', () => {
    const { layers } = layersOf([node('a'), node('b'), node('c'), node('x', 'c'), node('y', 'b'), node('z', 'a')]);

    expect(layers[1]?.map((id) => ({ x: 'c', y: 'b', z: 'a' })[id])).toEqual(layers[0]);
  });

  it('leaves out what is not there, and the edge that closes a circle', () => {
    const { layers, edges } = layersOf([node('a', 'c', 'nowhere', 'a'), node('b', 'a'), node('c', 'b')]);

    expect(layers.flat().sort()).toEqual(['a', 'b', 'c']);
    expect(edges).toHaveLength(2);
    expect(layersOf([])).toEqual({ layers: [], edges: [] });
  });

  it('follows a chain of any length, and a thousand jobs with two needs each', () => {
    const chain = Array.from({ length: 5_000 }, (_, at) => node(`${at}`, `${at + 1}`));
    const web = Array.from({ length: 1_000 }, (_, at) => node(`${at}`, `${at - 7}`, `${at - 31}`));

    expect(layersOf(chain).layers).toHaveLength(5_000);
    expect(layersOf(web).layers.flat()).toHaveLength(1_000);
  });
});
