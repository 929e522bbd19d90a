/** A length of time as ISO 8601 writes it, in hours at most: days are not all equally long, and `PT72H` needs no calendar. */
export function isoDuration(ms: number): string {
  const whole = Math.max(0, Math.round(ms / 1000));
  const parts = [
    [Math.floor(whole / 3600), 'H'],
    [Math.floor(whole / 60) % 60, 'M'],
    [whole % 60, 'S'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count}${unit}`);
  return `PT${said.length === 0 ? '0S' : said.join('')}`;
}
