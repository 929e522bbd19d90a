/**
 * The small vocabulary in which entities are described. One literal per entity is the single
 * source of its TypeScript type, its validator and its published `schemas/*.schema.json`.
 * In the sources objects are closed, so that a misspelt field does not compile; what is published
 * and validated is open, because unknown fields of a newer program must survive (INTERFACE §2). To make one has no effect,
 * and says so: a page is built without those that it does not use.
 */

/* @__NO_SIDE_EFFECTS__ */
export const closed = <const P extends Record<string, object>, const R extends readonly (keyof P & string)[]>(
  properties: P,
  required: R,
) =>
  ({
    type: 'object',
    properties,
    required,
    additionalProperties: false,
  }) as const;

/** `anyOf` would be plainer, but validators fill no defaults inside one. */
/* @__NO_SIDE_EFFECTS__ */
export const orNull = <const S extends { readonly properties: object }>(schema: S) =>
  ({ ...schema, type: ['object', 'null'], default: null }) as Omit<S, 'type'> & {
    readonly type: readonly ['object', 'null'];
    readonly default: null;
  };

export interface ListLimits {
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly description?: string;
}
export interface ListOf<I> extends ListLimits {
  readonly type: 'array';
  readonly items: I;
  readonly default: readonly [];
}
/* @__NO_SIDE_EFFECTS__ */
export const listOf = <const I extends object>(items: I, limits: ListLimits): ListOf<I> => ({
  type: 'array',
  items,
  default: [],
  maxItems: 1000,
  ...limits,
});

/* @__NO_SIDE_EFFECTS__ */
export const mapOf = <const V extends object>(values: V) =>
  ({
    type: 'object',
    additionalProperties: values,
    default: {},
    maxProperties: 1000,
  }) as const;

/** Each pattern with what a person is told who breaks it: nobody should have to read a regular expression. */
const NAME = '^[a-z0-9][a-z0-9._-]{0,99}$';
const BRANCH = '^(?![-./])(?!.*(?:\\.\\.|//|/\\.|@\\{|\\.lock(?:/|$)))[^\\u0000-\\u0020\\u007f~^:?*\\[\\\\]+(?<![./])$';
const COMMIT = '^[0-9a-fA-F]{4,64}$';
const ADDRESS = [
  '^(?!-)',
  // Other schemes nobody fetches from, and `ext::sh …` would have Git run a program.
  '(?!(?!(?:https?|ssh|file):/{2})[A-Za-z][A-Za-z0-9+.-]+:[/:])',
  // A password would stay in the history for ever, and over HTTP a user name or a query can be a token as well.
  '(?!https?:/{3})(?!https?:/{2}[^/?#]*@)(?!https?:[^?#]*[?#])(?!https?:/{2}[^/?#\\[]*:(?![0-9]*(?:[/?#]|$)))',
  '(?!(?:ssh|file):/{2}[^/@]*:[^/@]*@)',
  '[^\\u0000-\\u001f\\u007f]+$',
].join('');
const REQUIREMENT = '^([A-Za-z0-9][A-Za-z0-9._-]*)(?: *(>=|<=|=|>|<) *([A-Za-z0-9][^ ]*))?$';
/** One that every system can store, that names no other folder, and that looks like what it is. */
const FILE_NAME =
  '^(?![.-])[^\\u0000-\\u001f\\u007f-\\u009f/\\\\:*?"<>|\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]{1,200}(?<![. ])$';
const SPAN = '^[1-9][0-9]{0,5}[smh]$';
const SECRET_NAME = '^[A-Z_][A-Z0-9_]{0,99}$';
const SHA256 = '^[0-9a-f]{64}$';
/** What a program can be given: its words end where that character is. */
const ARGUMENT = '^[^\\u0000]*$';
/** Only the shape: whether the numbers make sense is for the reader of cron expressions to say. */
export const SCHEDULE =
  '^(?:off|@(?:yearly|monthly|weekly|daily|hourly)|[0-9A-Za-z*?,/#-]+(?: +[0-9A-Za-z*?,/#-]+){4})$';
/** Of a profile: mostly that of its branch. No space, no "..", nothing that a shell or a file system would take amiss. */
export const PROFILE = '^(?!.*(?:\\.\\.|//|/\\.|\\.lock(?:/|$)))[A-Za-z0-9][A-Za-z0-9._/-]*(?<![/.])$';
/** Of a person at a Git host, or of a team as organisation/team. */
export const LOGIN = '^[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)?$';
/** The one version of the W3C's trace context that there is: https://www.w3.org/TR/trace-context/#traceparent-header */
const TRACEPARENT = '^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$';
/** An address that can stand in a text of Markdown. */
export const LINK = '^https?:/{2}[^\\s<>()\\[\\]"\'`]+$';
/** The same with a place for the id of a trace. */
export const TRACE_LINK = '^https?:/{2}[^\\s<>()\\[\\]"\'`]*\\{traceId\\}[^\\s<>()\\[\\]"\'`]*$';
/** A role, and for which namespace. */
export const ROLE_GRANT = '^(?:Developer|BuildMaster|Admin)(?:@[a-z0-9][a-z0-9._-]{0,99})?$';
/** Of files within a repository. */
export const GLOB = '^(?!/)(?!.*(?:^|/)\\.\\.(?:/|$))[^\\u0000-\\u001f\\u007f\\\\]+$';
/** Of a registry, with a tag or a digest; it never looks like an option of an engine. */
export const IMAGE = '^[A-Za-z0-9][A-Za-z0-9._/:@-]*$';
export const PATTERN_WORDS: Readonly<Record<string, string>> = {
  [NAME]: 'must be lower case letters, digits, ".", "_" and "-", with a letter or digit first, at most 100 of them',
  [BRANCH]: 'must be a branch as Git allows it: no spaces, no "..", none of ~ ^ : ? * [',
  [COMMIT]: 'must be the id of a commit: 4 to 64 hexadecimal digits',
  [ADDRESS]:
    'must be on one line a path, git@host:path, or a URL that begins with https, http, ssh or file, with no password and over HTTP no user and no query',
  [FILE_NAME]:
    'must be a plain file name: no folder, none of : * ? " < > |, no dot or dash in front, no dot or space at the end',
  [SPAN]: 'must be a time like 30m, 45s or 2h',
  [SECRET_NAME]: 'must be capital letters, digits and "_", not a digit first, at most 100 of them',
  [SHA256]: 'must be 64 hexadecimal digits',
  [ARGUMENT]: 'must not hold the character NUL',
  [PROFILE]: 'must be letters, digits, ".", "_", "-" and "/", with a letter or digit first and no ".." or "//"',
  [SCHEDULE]: 'must be a cron expression of five fields like "*/15 * * * *", @hourly or the like, or "off"',
  [ROLE_GRANT]: 'must be Developer, BuildMaster or Admin, or one of them with @ and the name of a namespace',
  [LOGIN]: 'must be a login, or a team as organisation/team, without the @',
  [TRACE_LINK]: 'must begin with https:// or http://, have {traceId} in it, and hold no spaces, quotes or brackets',
  [LINK]: 'must begin with https:// or http:// and hold no spaces, quotes or brackets',
  [TRACEPARENT]: 'must be a traceparent of the W3C, like 00-<32 digits>-<16 digits>-01',
  [GLOB]: 'must be a glob from the top of the repository: no "/" in front, no "..", no backslash',
  [IMAGE]: 'must be the name of an image, like docker.io/library/node:20, with no spaces',
  [REQUIREMENT]: 'must be a capability, or one with a version, like dotnet>=8',
};

/** Safe as a file name, a ref name and a word in a shell on every system (research/reliability.md F15). */
export const name = {
  type: 'string',
  pattern: NAME,
} as const;
export const nullableName = {
  type: ['string', 'null'],
  pattern: name.pattern,
  default: null,
} as const;
/** As a build sees it in its environment. */
export const secretName = { type: 'string', pattern: SECRET_NAME } as const;
export const time = {
  type: 'string',
  format: 'date-time',
  description: 'RFC 3339, UTC',
} as const;
export const nullableTime = {
  ...time,
  type: ['string', 'null'],
  default: null,
} as const;
/** How long something takes, as people write it. */
export const nullableSpan = { type: ['string', 'null'], pattern: SPAN, default: null } as const;
/* @__NO_SIDE_EFFECTS__ */
export const text = (maxLength: number) => ({ type: 'string', maxLength }) as const;
/* @__NO_SIDE_EFFECTS__ */
export const nullableText = (maxLength: number) => ({ type: ['string', 'null'], maxLength, default: null }) as const;
export const branchName = { ...text(255), pattern: BRANCH } as const;
export const nullableBranch = { ...nullableText(255), pattern: BRANCH } as const;
export const nullableCommit = { ...nullableText(64), pattern: COMMIT } as const;
export const address = { ...text(2000), pattern: ADDRESS } as const;
export const nullableAddress = { ...nullableText(2000), pattern: ADDRESS } as const;
export const argument = { ...text(10_000), pattern: ARGUMENT } as const;
export const nullableCommand = {
  type: ['array', 'null'],
  items: argument,
  minItems: 1,
  maxItems: 500,
  default: null,
  description: 'a command as a list of words, run instead of what the toolchain would run; null: none',
} as const;
export const nullableTraceparent = { ...nullableText(55), pattern: TRACEPARENT } as const;
export const fileName = { ...text(200), pattern: FILE_NAME } as const;
export const sha256 = { ...text(64), pattern: SHA256 } as const;
export const requirement = { ...text(100), pattern: REQUIREMENT } as const;
export const count = { type: 'integer', minimum: 0, default: 0 } as const;
export const schemaVersion = {
  type: 'integer',
  minimum: 1,
  default: 1,
} as const;
export const priority = {
  type: 'integer',
  minimum: 1,
  maximum: 10,
  default: 5,
  description: '1 is first, 10 is last. Critical=1, High=3, Normal=5, Low=8.',
} as const;

/** The version of every file that this program writes and fully understands. */
export const SCHEMA_VERSION = 1;
