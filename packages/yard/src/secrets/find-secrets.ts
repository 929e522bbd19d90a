/**
 * What looks like a credential in a text that is about to be written into the repository, where it would stay for ever. The
 * rules of secretlint know the tokens of services, ours the rest; secretlint is loaded when the first text comes that could
 * hold such a token, because most commands write none.
 */
import { type Match, ownMatches } from './rules.ts';

export interface FoundSecret {
  /** `github`, `aws`, `basicauth`, `password` … */
  readonly rule: string;
  /** From 1. */
  readonly line: number;
  /** A sentence without the secret: it may be printed. */
  readonly text: string;
  /** Where it stands in the text. */
  readonly start: number;
  readonly end: number;
}

/** @param place how the text is called in messages, e.g. `body` or a path */
export async function findSecrets(text: string, place = 'text'): Promise<readonly FoundSecret[]> {
  const found = [...ownMatches(text), ...(mayHoldToken(text) ? await knownTokens(text, place) : [])];
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  return found.reduce(onceEach, []).map((it) => described(text, it));
}

const REDACTED = '***REDACTED***';

/** The text without what was found in it. */
export function withoutSecrets(text: string, found: readonly FoundSecret[]): string {
  const lastFirst = [...found].sort((a, b) => b.start - a.start);
  return lastFirst.reduce((left, { start, end }) => left.slice(0, start) + REDACTED + left.slice(end), text);
}

/**
 * Whatever is a token has letters and digits in one long run. Ids, digests and stamps have that as well, are no tokens, and
 * stand in nearly every text.
 */
export function mayHoldToken(text: string): boolean {
  const rest = text
    .replace(/(?<![\w=-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w-])/gi, ' ')
    .replace(/\b(?:01[0-9a-hjkmnp-tv-z]{24}|[0-9a-f]{7,64})\b|\d{8}T\d{6}Z/g, ' ');
  const runs = rest.match(/[\w+=-]{16,}/g) ?? [];
  return /:\/\/[^\s/]*@/.test(text) || runs.some((it) => /[0-9]/.test(it) && /[A-Za-z]/.test(it));
}

async function knownTokens(text: string, place: string): Promise<readonly Match[]> {
  const { lintSource, creator } = await secretlint();
  // A text must not be able to say of itself that it need not be looked at.
  const rules = [{ id: '@secretlint/secretlint-rule-filter-comments', disabled: true }];
  const { messages } = await lintSource({
    source: { filePath: place, content: text, ext: '.txt', contentType: 'text' },
    options: {
      config: { rules: [{ id: 'recommended', rule: creator, rules }] },
      maskSecrets: true,
      noPhysicFilePath: true,
    },
  });
  return messages.map(({ ruleId, range: [start, end] }) => {
    const rule = ruleId.replace(/^.*secretlint-rule-/, '');
    return { rule, says: `a secret of the kind "${rule}"`, start, end };
  });
}

async function secretlint() {
  const [{ lintSource }, { creator }, { secretLintProfiler }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
    import('@secretlint/profiler'),
  ]);
  // It keeps every measure of its own speed for ever, and goes through all of them at each: a daemon would drown in them.
  secretLintProfiler.mark = () => undefined;
  return { lintSource, creator };
}

/** Two rules may see the same thing: it is told once, and all that either saw is taken out. */
function onceEach(kept: readonly Match[], next: Match): readonly Match[] {
  const last = kept.at(-1);
  if (!last || next.start >= last.end) return [...kept, next];
  return [...kept.slice(0, -1), { ...last, end: Math.max(last.end, next.end) }];
}

function described(text: string, { rule, says, start, end }: Match): FoundSecret {
  const line = text.slice(0, start).split('\n').length;
  return { rule, line, text: `it looks like ${says}`, start, end };
}
