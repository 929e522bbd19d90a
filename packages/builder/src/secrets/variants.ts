/**
 * The forms in which a secret may turn up in what a build prints: as it is, line by line, and as the encoders put it that
 * programs use without being asked. Masking is no boundary: whoever wants to can always encode in yet another way.
 */

/** Fewer bytes than these stand in ordinary texts by chance, and masking them would make a log unreadable. */
export const LEAST_BYTES = 6;
/** Longer forms are looked for in pieces, so that little is held back and a part of one is masked as well. */
const PIECE_BYTES = 64;

/** Every piece to look for; none for a value that is too short. */
export function formsOf(value: string): readonly Buffer[] {
  const texts = [value, value.trim(), ...value.split(/\r?\n/), ...value.split(/\r?\n/).map((line) => line.trim())];
  const forms = new Set([...new Set(texts)].filter(isLong).flatMap(encoded).filter(isLong));
  return [...forms].flatMap((form) => pieces(Buffer.from(form)));
}

/** Whether a log can be kept free of it. */
export const isMaskable = (value: string): boolean => formsOf(value).length > 0;

const isLong = (text: string): boolean => Buffer.byteLength(text) >= LEAST_BYTES;

function encoded(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  // As it is, and as fingerprints and certificates are shown.
  const hex = [bytes.toString('hex'), bytes.toString('hex').replace(/..(?=.)/g, '$&:')];
  const json = inJson(text);
  // A log line in JSON often holds an answer in JSON.
  const nested = json.map((it) => JSON.stringify(it).slice(1, -1));
  const others = [...inAddresses(text), ...json, ...nested, ...inOtherTexts(text)];
  return [text, ...others, ...hex, ...hex.map((it) => it.toUpperCase()), ...base64(bytes)];
}

/** What encoders let stand beside letters and digits: JavaScript's, RFC 3986, forms and Java's, .NET's, Python's, whole URLs. */
const KEPT_IN_ADDRESSES = ["-_.!~*'()", '-_.~', '-_.*', '-_.!*()', '-_.~/', "-_.!~*'();/?:@&=+$,#"];

function inAddresses(text: string): readonly string[] {
  const all = KEPT_IN_ADDRESSES.map((kept) => percent(text, kept));
  return all.flatMap((it) => [it, it.replaceAll('%20', '+')]).flatMap((it) => [it, it.replace(/%../g, lower)]);
}

function percent(text: string, kept: string): string {
  const encoded = (sign: string) =>
    [...Buffer.from(sign)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
  return [...text].map((sign) => (/^[A-Za-z0-9]$/.test(sign) || kept.includes(sign) ? sign : encoded(sign))).join('');
}
const lower = (text: string): string => text.toLowerCase();

/** JavaScript's, that of ASCII only (Python), with "\/" (PHP), and .NET's, which is careful with HTML. */
function inJson(text: string): readonly string[] {
  const plain = JSON.stringify(text).slice(1, -1);
  const ascii = plain.replace(/[^ -~]/g, escaped);
  const dotnet = text.replace(
    /["&'+<>`]|[^ -~]/g,
    (sign) => SHORT[sign] ?? escaped(sign).toUpperCase().replace('U', 'u'),
  );
  return [plain, ascii, ascii.replaceAll('/', '\\/'), dotnet.replaceAll(/\\(?![unrtbf])/g, '\\\\')];
}
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f' };
const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** XML as test reports are written in, and a shell that shows its words with `set -x`. */
function inOtherTexts(text: string): readonly string[] {
  const xml = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const all = [xml, xml.replaceAll('"', '&quot;'), xml.replaceAll('"', '&quot;').replaceAll("'", '&apos;')];
  return [...all, all[1]?.replaceAll("'", '&#39;') ?? xml, text.replaceAll("'", `'\\''`)];
}

/** In three ways, because what stands before it moves its bits; without the characters that share bits with neighbours. */
function base64(bytes: Buffer): readonly string[] {
  const plain = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const whole = Math.floor(((offset + bytes.length) * 8) / 6);
    return text.slice(Math.ceil((offset * 8) / 6), whole);
  });
  // `base64` and `openssl` break their lines, and then no long form stands in one piece.
  const lines = [76, 64].flatMap((width) => bytes.toString('base64').match(new RegExp(`.{1,${width}}`, 'g')) ?? []);
  return [...plain, ...lines].flatMap((it) => [it, it.replaceAll('+', '-').replaceAll('/', '_')]);
}

/** They overlap at the end, so that none is too short: what holds the whole holds every piece of it, side by side. */
function pieces(form: Buffer): readonly Buffer[] {
  if (form.length <= PIECE_BYTES) return [form];
  const starts = Array.from({ length: Math.ceil(form.length / PIECE_BYTES) }, (_, index) => index * PIECE_BYTES);
  return starts
    .map((start) => Math.min(start, form.length - PIECE_BYTES))
    .map((at) => form.subarray(at, at + PIECE_BYTES));
}
