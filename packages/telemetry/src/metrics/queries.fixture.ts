/** The names of metrics and of labels in an expression of Prometheus. Enough for those that we wrote; Prometheus checks the rest. */

const WORDS =
  /^(?:sum|avg|min|max|count|group|topk|by|on|without|ignoring|group_left|group_right|rate|increase|delta|time|vector|and|or|unless|bool|histogram_quantile|predict_linear|sort_desc)$/;

export function namesIn(expr: string): readonly string[] {
  const bare = expr
    .replace(/\{[^}]*\}/g, ' ')
    .replace(/\[[^\]]*\]/g, ' ')
    .replace(/\b(?:by|on|without|ignoring|group_left)\s*\([^)]*\)/g, ' ')
    .replace(/\b\d[\w.]*/g, ' ');
  return [...new Set([...bare.matchAll(/[a-z_][\w:]*/gi)].map(([word]) => word))].filter((it) => !WORDS.test(it));
}

export function labelsIn(expr: string): readonly string[] {
  const selected = [...expr.matchAll(/\{([^}]*)\}/g)].flatMap(([, inner = '']) =>
    [...inner.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label = '']) => label),
  );
  const grouped = [...expr.matchAll(/\b(?:by|on|without|ignoring)\s*\(([^)]*)\)/g)].flatMap(([, inner = '']) =>
    inner.split(',').map((it) => it.trim()),
  );
  return [...new Set([...selected, ...grouped])].filter((it) => it !== '');
}
