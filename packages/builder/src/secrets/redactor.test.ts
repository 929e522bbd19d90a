import { describe, expect, it } from 'vitest';
import { Needles } from './needles.ts';
import { openRedactor, REDACTED, redactedText } from './redactor.ts';

const needlesOf = (...values: string[]): Needles => {
  const needles = new Needles();
  for (const value of values) needles.add(value);
  return needles;
};
const through = (needles: Needles, chunks: readonly (string | Buffer)[]): string => {
  const redactor = openRedactor(needles);
  const shown = chunks.map((chunk) => redactor.write(Buffer.from(chunk)));
  return Buffer.concat([...shown, redactor.end()]).toString('utf8');
};
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('redactor', () => {
  const secret = 's3cr3t/p+ss "word" é';

  it.each([
    ['as it is', secret],
    ['in an address', encodeURIComponent(secret)],
    ['in a form', new URLSearchParams({ a: secret }).toString().slice(2)],
    ['in an address with small digits', encodeURIComponent(secret).replace(/%../g, (it) => it.toLowerCase())],
    ['in JSON', JSON.stringify(secret).slice(1, -1)],
    ['in the JSON of .NET', 's3cr3t/p\\u002Bss \\u0022word\\u0022 \\u00E9'],
    ['in the JSON of Python', 's3cr3t/p+ss \\"word\\" \\u00e9'],
    ['in XML', 's3cr3t/p+ss &quot;word&quot; é'],
    ['as hexadecimal digits', Buffer.from(secret).toString('hex')],
    ['as capital hexadecimal digits', Buffer.from(secret).toString('hex').toUpperCase()],
    [
      'as hexadecimal digits with colons',
      Buffer.from(secret)
        .toString('hex')
        .replace(/..(?=.)/g, '$&:'),
    ],
    ['in JSON that is in JSON', JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
    ['in base64', base64(secret).replace(/=+$/, '')],
    ['in base64 for addresses', Buffer.from(secret).toString('base64url')],
  ])('masks a secret %s', (_, form) => {
    const needles = needlesOf(secret);

    expect(redactedText(needles, `before ${form} behind`)).toBe(`before ${REDACTED} behind`);
  });

  it.each([1, 2, 3, 4, 5])('leaves nothing of a secret in base64 behind %i other bytes', (count) => {
    const shown = redactedText(needlesOf(secret), base64(`${'x'.repeat(count)}${secret}yy`));

    expect(shown).toContain(REDACTED);
    expect(Buffer.from(shown.replace(REDACTED, ''), 'base64').toString()).not.toContain('s3c');
  });

  it('masks each line of a key, and the whole of it in broken lines of base64', () => {
    const key = ['-----BEGIN THING-----', 'abcdefghijklmnopqrstuvwxyz0123456789', 'x', '-----END THING-----'].join(
      '\n',
    );
    const needles = needlesOf(key);
    const broken = base64(key).replace(/.{76}/g, '$&\n');

    expect(redactedText(needles, 'a\nabcdefghijklmnopqrstuvwxyz0123456789\nb')).toBe(`a\n${REDACTED}\nb`);
    expect(redactedText(needles, broken).replaceAll(REDACTED, '').replace(/[\n=]/g, '').length).toBeLessThan(6);
  });

  it.each([
    ['in the middle', '<s3cr3t\u001b[01;31m\u001b[K-word>', `<${REDACTED}\u001b[01;31m\u001b[K>`],
    ['around it', '<\u001b[31ms3cr3t-word\u001b[0m>', `<\u001b[31m${REDACTED}\u001b[0m>`],
    ['near its beginning', 's\u001b[1m3cr3t-word', `${REDACTED}\u001b[1m`],
    ['that is a link', 's3c\u001b]8;;http://a\u001b\\r3t-word!', `${REDACTED}\u001b]8;;http://a\u001b\\!`],
    ['that is none', 'a\u001b[3\u00e9\u001b', 'a\u001b[3\u00e9\u001b'],
  ])('masks a secret with a colour %s, however it is cut', (_, printed, shown) => {
    const bytes = Buffer.from(printed);
    const needles = needlesOf('s3cr3t-word');

    expect(through(needles, [printed])).toBe(shown);
    expect(
      through(
        needles,
        [...bytes].map((byte) => Buffer.from([byte])),
      ),
    ).toBe(shown);
    for (let cut = 1; cut < bytes.length; cut++)
      expect(through(needles, [bytes.subarray(0, cut), bytes.subarray(cut)])).toBe(shown);
  });

  it('does not keep a flood of colours back', () => {
    const redactor = openRedactor(needlesOf('s3cr3t-word'));
    const flood = Buffer.from(`s3c${'\u001b[m'.repeat(20_000)}`);

    expect(redactor.write(flood).equals(flood)).toBe(true);
    expect(redactor.end().length).toBe(0);
  });

  it('holds back what may be the beginning of a secret, and nothing else', () => {
    const redactor = openRedactor(needlesOf('hunter22'));

    expect(redactor.write(Buffer.from('a line\nhun')).toString()).toBe('a line\n');
    expect(redactor.write(Buffer.from('ting\n')).toString()).toBe('hunting\n');
    expect(redactor.write(Buffer.from('hunter2')).toString()).toBe('');
    expect(redactor.write(Buffer.from('2!')).toString()).toBe(`${REDACTED}!`);
    expect(redactor.write(Buffer.from('hunter')).toString()).toBe('');
    expect(redactor.end().toString()).toBe('hunter');
  });

  it('masks secrets that overlap, or of which one begins another, as one', () => {
    const needles = needlesOf('abcdefgh', 'efghijkl', 'abcdefghXYZ');

    expect(through(needles, ['1abcdefghijkl2'])).toBe(`1${REDACTED}2`);
    expect(through(needles, ['1abcdef', 'gh', 'ijkl2'])).toBe(`1${REDACTED}2`);
    expect(through(needles, ['1abcdefghX', 'Y2'])).toBe(`1${REDACTED}XY2`);
    expect(through(needles, ['1abcdefghX', 'YZ2'])).toBe(`1${REDACTED}2`);
  });

  it('masks a secret that is longer than a piece as one, however it is cut', () => {
    const long = Array.from({ length: 40 }, (_, index) => `${index}-part`).join('/');

    expect(through(needlesOf(long), ['<', ...(long.match(/.{1,7}/g) ?? []), '>'])).toBe(`<${REDACTED}>`);
  });

  it('lets a value go that is too short, and everything where there is no secret', () => {
    const needles = new Needles();

    expect(needles.add('short')).toBe(false);
    expect(through(needles, ['short and ', 'long'])).toBe('short and long');
  });

  it('leaks nothing in 2,000 trials of random secrets, forms and cuts', () => {
    const random = randomFrom(20_251_121);
    const forms: readonly ((text: string) => string)[] = [
      (text) => text,
      (text) => encodeURIComponent(text),
      (text) => JSON.stringify(text),
      (text) => Buffer.from(text).toString('hex'),
      (text) => base64(text),
      (text) => base64(`a${text}bc`),
      (text) => Buffer.from(`ab${text}c`).toString('base64url'),
      (text) => new URLSearchParams({ a: text }).toString(),
    ];
    const leaks = Array.from({ length: 2_000 }, () => {
      const value = wordOf(random, 6 + random(90));
      const form = forms[random(forms.length)]?.(value) ?? value;
      const text = Buffer.from(`${wordOf(random, random(40))}${form}${wordOf(random, random(40))}`);
      const shown = through(needlesOf(value), cutUp(text, random));
      return shown.includes(form) || shown.includes(value) || !shown.includes(REDACTED) ? value : undefined;
    }).filter((it) => it !== undefined);

    expect(leaks).toEqual([]);
  });
});

const SIGNS = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/="&<>\'\\ !*%$é~'];
const wordOf = (random: (below: number) => number, length: number): string =>
  Array.from({ length }, () => SIGNS[random(SIGNS.length)]).join('');

function cutUp(bytes: Buffer, random: (below: number) => number): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 1 + random(20);
    chunks.push(bytes.subarray(at, end));
    at = end;
  }
  return chunks;
}

/** The same numbers in every run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
