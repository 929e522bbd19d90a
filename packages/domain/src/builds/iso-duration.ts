/** How long something took, as ISO 8601 has it in whole seconds: `PT2M5S`; hours go on beyond a day, as in `PT72H`. */
export function isoDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const parts = [
    [Math.floor(seconds / 3600), 'H'],
    [Math.floor(seconds / 60) % 60, 'M'],
    [seconds % 60, 'S'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count}${unit}`);
  return `PT${said.length === 0 ? '0S' : said.join('')}`;
}
