/**
 * What secretlint's rules do not look for: keys without a valid body, passwords that are assigned to something, tokens in
 * headers and addresses. Each expression is bounded, so that no text can make it slow.
 */
import { isPlaceholder, looksDrawn, looksLikePassword, looksLikeToken } from './guard.ts';

interface OwnRule {
  readonly rule: string;
  readonly expression: RegExp;
  /** What is found, as the end of a sentence that may be printed. */
  readonly says: string;
  /** The part of a match that is the secret; the whole of it where there is none. */
  readonly isSecret?: (value: string) => boolean;
}

const KEY_BODY = '(?:[\\s\\S]{0,8000}?-----END [A-Z0-9 ]{1,60}-----)?';
const BETWEEN = '\\\\?["\']?[ \\t]{0,3}(?::=|=>|[:=])[ \\t]{0,3}\\\\?["\']?';
const VALUE = '([^\\s"\'`,;\\\\]{1,500})';
const PASSWORDS = 'pass(?:word|wd|phrase|wort)|pwd|kennwort|secret';
const TOKENS = '(?:api|access|account|shared|private|signing|encryption)[_-]?(?:access)?[_-]?key|token|credentials?';

/** A token of some service, by the beginning that it always has. Placeholders (`sk_live_xxxxxxxx…`) are all one letter. */
const ofService = (service: string, form: string): OwnRule => ({
  rule: service,
  expression: new RegExp(`(?<![A-Za-z0-9])${form}(?![A-Za-z0-9])`, 'g'),
  says: `a key or token of ${service}`,
  isSecret: looksDrawn,
});

const SERVICES: readonly OwnRule[] = [
  ofService('gitlab', 'gl(?:pat|ptt|dt|rt|cbt|soat|imt|ft)-[\\w-]{20,300}'),
  ofService('aws', '(?:AKIA|ASIA)[A-Z0-9]{16}'),
  {
    rule: 'aws',
    // A secret is told from any other forty characters only by the id that stands before it.
    expression:
      /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}[\s\S]{1,60}?(?<![A-Za-z0-9/+])([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/g,
    says: 'the secret of an AWS key',
    isSecret: looksDrawn,
  },
  ofService('openai', 'sk-(?:proj|svcacct|admin)-[\\w-]{20,300}'),
  ofService('openai', 'sk-[A-Za-z0-9]{32,100}'),
  ofService('anthropic', 'sk-ant-[\\w-]{20,300}'),
  ofService('slack', 'xox[abeoprs]-[\\w-]{10,300}'),
  ofService('npm', 'npm_[A-Za-z0-9]{36}'),
  ofService('pypi', 'pypi-[\\w-]{16,1000}'),
  ofService('google', 'AIza[\\w-]{35}'),
  ofService('stripe', '[rs]k_live_[A-Za-z0-9]{16,200}'),
];

const OWN_RULES: readonly OwnRule[] = [
  ...SERVICES,
  {
    rule: 'private-key',
    expression: new RegExp(`-{4,5} ?BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)? ?-{4,5}${KEY_BODY}`, 'g'),
    says: 'a private key',
  },
  { rule: 'private-key', expression: /PuTTY-User-Key-File-\d|AGE-SECRET-KEY-1[0-9A-Z]{20,80}/g, says: 'a private key' },
  {
    rule: 'jwt',
    expression: /\beyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.[\w-]{16,2000}/g,
    says: 'a JSON web token',
  },
  {
    rule: 'authorization',
    expression: /\bauthorization\\?["']?\s{0,3}[:=]\s{0,3}\\?["']?(?:bearer|basic|token)\s{1,3}([^\s"'\\]{8,2000})/gi,
    says: 'the token of an authorization header',
    isSecret: (value) => !isPlaceholder(value),
  },
  {
    rule: 'connection-string',
    expression: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"']{0,100}:([^\s@/"']{1,200})@/gi,
    says: 'the password of an address',
    isSecret: (value) => !isPlaceholder(value),
  },
  {
    rule: 'password',
    expression: new RegExp(`(?:${PASSWORDS})${BETWEEN}${VALUE}`, 'gi'),
    says: 'a password',
    isSecret: looksLikePassword,
  },
  {
    rule: 'password',
    expression: new RegExp(`--?(?:${PASSWORDS}) {1,3}["']?${VALUE}`, 'gi'),
    says: 'a password',
    isSecret: looksLikePassword,
  },
  {
    rule: 'token',
    expression: new RegExp(`(?:${TOKENS})${BETWEEN}${VALUE}`, 'gi'),
    says: 'a token or key',
    isSecret: looksLikeToken,
  },
  {
    rule: 'token',
    expression: new RegExp(`--?[a-z-]{0,20}(?:${TOKENS}) {1,3}["']?${VALUE}`, 'gi'),
    says: 'a token or key',
    isSecret: looksLikeToken,
  },
];

export interface Match {
  readonly rule: string;
  readonly says: string;
  readonly start: number;
  readonly end: number;
}

export function ownMatches(text: string): readonly Match[] {
  return OWN_RULES.flatMap(({ rule, expression, says, isSecret = () => true }) =>
    [...text.matchAll(expression)].flatMap((match) => {
      const secret = match[1] ?? match[0];
      // The value stands at the end of what is matched, but for the sign that ends an address.
      const start = match.index + match[0].lastIndexOf(secret);
      return isSecret(secret) ? [{ rule, says, start, end: start + secret.length }] : [];
    }),
  );
}
