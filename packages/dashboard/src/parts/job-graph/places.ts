/** Where the nodes of a graph stand, the lines between them, and which node an arrow key goes to. Pure. */
import type { Layers } from './layering.ts';

export interface Places {
  readonly nodes: ReadonlyMap<string, Box>;
  readonly edges: readonly { readonly from: string; readonly to: string; readonly path: string }[];
  readonly width: number;
  readonly height: number;
}
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const WIDTH = 176;
const HEIGHT = 50;
const BETWEEN_LAYERS = 56;
const BETWEEN_NODES = 14;
/** The outline of a node with the focus reaches beyond it. */
const MARGIN = 3;

export function placesOf({ layers, edges }: Layers): Places {
  const most = Math.max(0, ...layers.map((layer) => layer.length));
  const height = most * (HEIGHT + BETWEEN_NODES) - BETWEEN_NODES + 2 * MARGIN;
  const nodes = new Map<string, Box>();
  for (const [depth, layer] of layers.entries()) {
    const top = (height - layer.length * (HEIGHT + BETWEEN_NODES) + BETWEEN_NODES) / 2;
    for (const [at, id] of layer.entries()) {
      const x = MARGIN + depth * (WIDTH + BETWEEN_LAYERS);
      nodes.set(id, { x, y: top + at * (HEIGHT + BETWEEN_NODES), width: WIDTH, height: HEIGHT });
    }
  }
  return {
    nodes,
    edges: edges.map(([from, to]) => ({ from, to, path: lineOf(nodes.get(from), nodes.get(to)) })),
    width: Math.max(0, layers.length * (WIDTH + BETWEEN_LAYERS) - BETWEEN_LAYERS + 2 * MARGIN),
    height: Math.max(0, height),
  };
}

function lineOf(from: Box | undefined, to: Box | undefined): string {
  if (!from || !to) return '';
  const [x1, y1] = [from.x + from.width, from.y + from.height / 2];
  const [x2, y2] = [to.x, to.y + to.height / 2];
  const bend = BETWEEN_LAYERS / 2;
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

/** Left and right follow an edge, up and down stay in the layer. undefined: there is none that way. */
export function nextNode({ layers, edges }: Layers, id: string, key: string): string | undefined {
  if (key === 'ArrowLeft') return edges.find(([, to]) => to === id)?.[0];
  if (key === 'ArrowRight') return edges.find(([from]) => from === id)?.[1];
  const step = key === 'ArrowUp' ? -1 : key === 'ArrowDown' ? 1 : 0;
  const layer = layers.find((it) => it.includes(id)) ?? [];
  return step === 0 ? undefined : layer[layer.indexOf(id) + step];
}
