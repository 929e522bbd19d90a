/**
 * What looks like a credential in a text that is about to be written into the repository, where it would stay for ever. The
 * rules of secretlint know the tokens of services; loaded when the first text comes, because most commands write none.
 */
export interface FoundSecret {
  /** `github`, `aws`, `basicauth` … */
  readonly rule: string;
  /** From 1. */
  readonly line: number;
  /** From where to where in the text. */
  readonly range: readonly [number, number];
  /** A sentence with the secret masked: it may be printed. */
  readonly text: string;
}

/** @param place how the text is called in messages, e.g. `body` or a path */
export async function findSecrets(text: string, place = 'text'): Promise<readonly FoundSecret[]> {
  const [{ lintSource }, { creator }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
  ]);
  const { messages } = await lintSource({
    source: { filePath: place, content: text, ext: '.txt', contentType: 'text' },
    options: { config: { rules: [{ id: 'recommended', rule: creator }] }, maskSecrets: true, noPhysicFilePath: true },
  });
  return messages.map(({ ruleId, loc, range, message }) => ({
    rule: ruleId.replace(/^.*secretlint-rule-/, ''),
    line: loc.start.line,
    range: [range[0] ?? 0, range[1] ?? 0],
    text: message,
  }));
}
