/** The property list of one agent, and the line that keeps its log small. */
import type { ServiceFacts } from '../facts.ts';
import { LOG_LIMIT_BYTES, MADE_BY } from '../files-of.ts';
import { forXml } from '../quoting.ts';

type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };

interface Places {
  readonly label: string;
  readonly script: string;
  readonly log: string;
}

/** Beyond the time to drain: giving jobs back, and the last heartbeat. */
const LAST_WORDS_SECONDS = 60;

export function plist(facts: ServiceFacts, { label, script, log }: Places): string {
  const { scope, user, intervalSeconds, drainSeconds } = facts;
  const values: Readonly<Record<string, Value>> = {
    Label: label,
    ProgramArguments: ['/bin/sh', script],
    ...(scope === 'system' ? { UserName: user } : {}),
    RunAtLoad: true,
    // Who was told to stop and did, stays so.
    KeepAlive: { SuccessfulExit: false },
    ThrottleInterval: intervalSeconds,
    ExitTimeOut: drainSeconds + LAST_WORDS_SECONDS,
    // Builds are work that somebody waits for.
    ProcessType: 'Standard',
    SoftResourceLimits: { NumberOfFiles: 65_536 },
    StandardOutPath: log,
    StandardErrorPath: log,
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    `<!-- ${MADE_BY} -->`,
    '<plist version="1.0">',
    ...drawn(values, ''),
    '</plist>',
    '',
  ].join('\n');
}

function drawn(value: Value, indent: string): string[] {
  if (typeof value === 'boolean') return [`${indent}<${value}/>`];
  if (typeof value === 'number') return [`${indent}<integer>${value}</integer>`];
  if (typeof value === 'string') return [`${indent}<string>${forXml(value)}</string>`];
  const inner = `${indent}  `;
  if (isList(value)) return [`${indent}<array>`, ...value.flatMap((it) => drawn(it, inner)), `${indent}</array>`];
  const entries = Object.entries(value).flatMap(([key, it]) => [
    `${inner}<key>${forXml(key)}</key>`,
    ...drawn(it, inner),
  ]);
  return [`${indent}<dict>`, ...entries, `${indent}</dict>`];
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

/** `N`: nobody has to be told. A space ends a word there, unless a backslash stands before it. */
export const forNewsyslog = ({ log, user }: { log: string; user: string }): string =>
  `# ${MADE_BY}\n${log.replace(/[\\\s#]/g, '\\$&')} ${user}: 600 1 ${LOG_LIMIT_BYTES / 1024} * N\n`;
