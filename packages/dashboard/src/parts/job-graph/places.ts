/**
 * Where the nodes of a graph stand, the lines between them, and which node an arrow key goes to. A line over several layers
 * gets a place of its own in each of them, so that it passes between nodes and not behind them. Pure.
 */
import { type Layers, layersOf } from './layering.ts';

export interface Places {
  readonly nodes: ReadonlyMap<string, Box>;
  readonly edges: readonly { readonly from: string; readonly to: string; readonly path: string }[];
  readonly width: number;
  readonly height: number;
}
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const WIDTH = 176;
const HEIGHT = 50;
const BETWEEN_LAYERS = 56;
const BETWEEN_NODES = 14;
/** Of a place through which only a line goes. */
const LINE_HEIGHT = 6;
/** The outline of a node with the focus reaches beyond it. */
const MARGIN = 3;

export function placesOf(given: Layers): Places {
  const { routes, layers } = routed(given);
  const isNode = new Set(given.layers.flat());
  const heightOf = (id: string) => (isNode.has(id) ? HEIGHT : LINE_HEIGHT);
  const sizeOf = (layer: readonly string[]) =>
    layer.reduce((sum, id) => sum + heightOf(id) + BETWEEN_NODES, -BETWEEN_NODES);
  const height = Math.max(0, ...layers.map(sizeOf)) + 2 * MARGIN;
  const boxes = new Map<string, Box>();
  for (const [depth, layer] of layers.entries()) {
    const x = MARGIN + depth * (WIDTH + BETWEEN_LAYERS);
    let y = (height - sizeOf(layer)) / 2;
    for (const id of layer) {
      boxes.set(id, { x, y, width: WIDTH, height: heightOf(id) });
      y += heightOf(id) + BETWEEN_NODES;
    }
  }
  return {
    nodes: new Map([...boxes].filter(([id]) => isNode.has(id))),
    edges: routes.map(({ from, to, via }) => ({ from, to, path: pathOf([from, ...via, to], boxes) })),
    width: Math.max(0, layers.length * (WIDTH + BETWEEN_LAYERS) - BETWEEN_LAYERS + 2 * MARGIN),
    height: layers.length === 0 ? 0 : height,
  };
}

interface Route {
  readonly from: string;
  readonly to: string;
  /** The places that it passes through. */
  readonly via: readonly string[];
}

/** More than these would cost more than they clear up. */
const MOST_PLACES = 2_000;

function routed({ layers, edges }: Layers): { readonly routes: readonly Route[]; readonly layers: Layers['layers'] } {
  const depths = new Map(layers.flatMap((layer, depth) => layer.map((id) => [id, depth] as const)));
  const between = (from: string, to: string) => (depths.get(to) ?? 0) - (depths.get(from) ?? 0) - 1;
  const all = edges.reduce((sum, [from, to]) => sum + between(from, to), 0);
  const routes = edges.map(([from, to], at) => ({
    from,
    to,
    // No id of a job begins so.
    via: all > MOST_PLACES ? [] : Array.from({ length: between(from, to) }, (_, step) => `:${at}:${step}`),
  }));
  if (all === 0 || all > MOST_PLACES) return { routes, layers };
  const needs = new Map(layers.flat().map((id) => [id, [] as string[]]));
  for (const { from, to, via } of routes) {
    for (const [step, place] of via.entries()) needs.set(place, [via[step - 1] ?? from]);
    needs.get(to)?.push(via.at(-1) ?? from);
  }
  return { routes, layers: layersOf([...needs].map(([id, wanted]) => ({ id, needs: wanted }))).layers };
}

/** From the right side of one to the left side of the next, straight through the places between. */
function pathOf(stops: readonly string[], boxes: ReadonlyMap<string, Box>): string {
  const bend = BETWEEN_LAYERS / 2;
  let path = '';
  for (const [at, id] of stops.entries()) {
    const box = boxes.get(id);
    if (!box) continue;
    const y = box.y + box.height / 2;
    if (at > 0) path += ` ${box.x - bend} ${y} ${box.x} ${y}`;
    if (at === stops.length - 1) break;
    const right = box.x + box.width;
    path += `${at === 0 ? 'M' : 'L'}${right} ${y}C${right + bend} ${y}`;
  }
  return path;
}

/** Left and right follow an edge, up and down stay in the layer. undefined: there is none that way. */
export function nextNode({ layers, edges }: Layers, id: string, key: string): string | undefined {
  if (key === 'ArrowLeft') return edges.find(([, to]) => to === id)?.[0];
  if (key === 'ArrowRight') return edges.find(([from]) => from === id)?.[1];
  const step = key === 'ArrowUp' ? -1 : key === 'ArrowDown' ? 1 : 0;
  const layer = layers.find((it) => it.includes(id)) ?? [];
  return step === 0 ? undefined : layer[layer.indexOf(id) + step];
}
