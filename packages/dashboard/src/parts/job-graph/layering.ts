/**
 * Puts a graph into layers, so that every edge goes from a layer to a later one, and orders each layer by the middle of
 * its neighbours, so that few edges cross. Own, because libraries for this take seconds where this takes milliseconds
 * (research: dashboard §3.6). A circle loses the edge that closes it. Pure.
 */
export interface GraphNode {
  readonly id: string;
  readonly needs: readonly string[];
}

export interface Layers {
  readonly layers: readonly (readonly string[])[];
  /** From what is needed to what needs it. */
  readonly edges: readonly (readonly [string, string])[];
}

const SWEEPS = 6;

export function layersOf(nodes: readonly GraphNode[]): Layers {
  const needs = new Map(nodes.map(({ id }) => [id, [] as string[]]));
  for (const { id, needs: wanted } of nodes)
    for (const need of new Set(wanted)) if (need !== id && needs.has(need)) needs.get(id)?.push(need);
  const depths = depthsOf(needs);
  const edges = [...needs].flatMap(([id, wanted]) =>
    wanted.filter((need) => (depths.get(need) ?? 0) < (depths.get(id) ?? 0)).map((need) => [need, id] as const),
  );
  const layers: string[][] = [];
  for (const [id, depth] of depths) {
    layers[depth] ??= [];
    layers[depth]?.push(id);
  }
  return { layers: ordered(layers, edges), edges };
}

/** The longest way to each; a need that is still being looked at closes a circle, and counts for nothing. */
function depthsOf(needs: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  const open = new Set<string>();
  // By a stack of its own: a chain of ten thousand jobs is deeper than a script may call.
  for (const start of needs.keys()) {
    const stack = [start];
    for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
      const wanted = needs.get(id) ?? [];
      const next = depths.has(id) ? undefined : wanted.find((need) => !depths.has(need) && !open.has(need));
      open.add(id);
      if (next !== undefined && next !== id) {
        stack.push(next);
        continue;
      }
      if (!depths.has(id)) depths.set(id, 1 + Math.max(-1, ...wanted.map((need) => depths.get(need) ?? -1)));
      open.delete(id);
      stack.pop();
    }
  }
  return depths;
}

function ordered(layers: readonly string[][], edges: Layers['edges']): string[][] {
  const before = neighbours(edges.map(([need, id]) => [id, need]));
  const behind = neighbours(edges);
  let result = layers.map((layer) => [...layer]);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isDown = sweep % 2 === 0;
    const places = placesOf(result);
    const step = (layer: string[]) => byMiddle(layer, isDown ? before : behind, places);
    result = (isDown ? result : [...result].reverse()).map(step);
    if (!isDown) result.reverse();
  }
  return result;
}

function neighbours(edges: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> {
  const lists = new Map<string, string[]>();
  for (const [from, to] of edges) {
    const list = lists.get(from);
    if (list) list.push(to);
    else lists.set(from, [to]);
  }
  return lists;
}

/** Of layers of unlike lengths, as a share of their length. */
const placesOf = (layers: readonly (readonly string[])[]): Map<string, number> =>
  new Map(layers.flatMap((layer) => layer.map((id, at) => [id, (at + 0.5) / layer.length] as const)));

function byMiddle(layer: string[], next: ReadonlyMap<string, readonly string[]>, places: Map<string, number>) {
  const middle = (id: string): number => {
    const near = next.get(id) ?? [];
    if (near.length === 0) return places.get(id) ?? 0;
    return near.reduce((sum, it) => sum + (places.get(it) ?? 0), 0) / near.length;
  };
  const sorted = layer
    .map((id) => [id, middle(id)] as const)
    .sort((a, b) => a[1] - b[1])
    .map(([id]) => id);
  // Those of the next layer are ordered by where these stand now.
  for (const [at, id] of sorted.entries()) places.set(id, (at + 0.5) / sorted.length);
  return sorted;
}
