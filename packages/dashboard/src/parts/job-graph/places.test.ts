import { describe, expect, it } from 'vitest';
import { layersOf } from './layering.ts';
import { nextNode, placesOf } from './places.ts';

const layers = layersOf([
  { id: 'a', needs: [] },
  { id: 'b', needs: ['a'] },
  { id: 'c', needs: ['a'] },
  { id: 'd', needs: ['b', 'c'] },
]);

describe('places', () => {
  it('lets no two nodes touch, and keeps all within the drawing', () => {
    const { nodes, width, height } = placesOf(layers);
    const boxes = [...nodes.values()];

    const touching = boxes.filter((a) =>
      boxes.some((b) => a !== b && Math.abs(a.x - b.x) < a.width && Math.abs(a.y - b.y) < a.height),
    );

    expect(touching).toEqual([]);
    expect(boxes.every((it) => it.x >= 0 && it.y >= 0 && it.x + it.width <= width && it.y + it.height <= height)).toBe(
      true,
    );
    expect(placesOf({ layers: [], edges: [] })).toMatchObject({ width: 0, height: 0 });
  });

  it('leads a line that skips a layer past the nodes of that layer', () => {
    const skipping = layersOf([
      { id: 'a', needs: [] },
      { id: 'b', needs: ['a'] },
      { id: 'c', needs: ['a', 'b'] },
    ]);
    const { nodes, edges } = placesOf(skipping);
    const b = nodes.get('b');
    const path = edges.find(({ from, to }) => from === 'a' && to === 'c')?.path ?? '';

    const through = Number(/L\S+ (\S+)C/.exec(path)?.[1]);

    expect(edges).toHaveLength(3);
    expect([...nodes.keys()].sort()).toEqual(['a', 'b', 'c']);
    expect(through < (b?.y ?? 0) || through > (b?.y ?? 0) + (b?.height ?? 0)).toBe(true);
  });

  it('follows edges to the left and to the right, and layers up and down', () => {
    const [upper, lower] = layers.layers[1] ?? [];

    expect(nextNode(layers, 'a', 'ArrowRight')).toBeOneOf(['b', 'c']);
    expect(nextNode(layers, 'd', 'ArrowLeft')).toBeOneOf(['b', 'c']);
    expect(nextNode(layers, upper ?? '', 'ArrowDown')).toBe(lower);
    expect(nextNode(layers, lower ?? '', 'ArrowUp')).toBe(upper);
    expect(nextNode(layers, 'a', 'ArrowLeft')).toBeUndefined();
    expect(nextNode(layers, 'a', 'x')).toBeUndefined();
  });
});
