/**
 * The problem matchers that every build has. Expressions are bounded, because what they read is written by builds; the
 * first that fits has the line, so the more particular ones stand first.
 */
import type { ProblemMatcher } from './problem-matcher.ts';

export const BUILT_IN_MATCHERS: readonly ProblemMatcher[] = [
  {
    owner: 'eslint-compact',
    pattern: [
      {
        regexp:
          '^(.{1,300}): line (\\d{1,7}), col (\\d{1,7}), (Error|Warning|Info) - (.{1,2000}?)(?: \\(([^()]{1,100})\\))?$',
        file: 1,
        line: 2,
        column: 3,
        severity: 4,
        message: 5,
        code: 6,
      },
    ],
  },
  {
    owner: 'maven',
    pattern: [
      {
        regexp: '^\\[(ERROR|WARNING)\\] (.{1,300}?\\.\\w{1,10}):\\[(\\d{1,7})(?:,(\\d{1,7}))?\\] (.*)$',
        severity: 1,
        file: 2,
        line: 3,
        column: 4,
        message: 5,
      },
    ],
  },
  {
    // The C# compiler as well, and tsc where nobody looks.
    owner: 'msbuild',
    pattern: [
      {
        regexp:
          '^\\s*(.{1,300}?)\\((\\d{1,7})(?:,(\\d{1,7}))?[\\d,]{0,20}\\)\\s?: (?:fatal )?(error|warning)(?: ([A-Za-z]{1,20}\\d{1,10}))?\\s?: (.*?)(?: \\[[^\\]]{1,500}\\])?$',
        file: 1,
        line: 2,
        column: 3,
        severity: 4,
        code: 5,
        message: 6,
      },
    ],
  },
  {
    owner: 'msbuild-project',
    pattern: [
      {
        regexp: '^\\s*(.{1,300}?) : (error|warning) ([A-Z]{1,20}\\d{1,10})\\s?: (.*?)(?: \\[[^\\]]{1,500}\\])?$',
        file: 1,
        severity: 2,
        code: 3,
        message: 4,
      },
    ],
  },
  {
    owner: 'tsc',
    pattern: [
      {
        regexp: '^(.{1,300}?):(\\d{1,7}):(\\d{1,7}) - (error|warning) (TS\\d{1,6}): (.*)$',
        file: 1,
        line: 2,
        column: 3,
        severity: 4,
        code: 5,
        message: 6,
      },
    ],
  },
  {
    // clang and javac as well.
    owner: 'gcc',
    pattern: [
      {
        regexp:
          '^(.{1,300}?):(\\d{1,7}):(?:(\\d{1,7}):)?\\s?(?:fatal )?(error|warning): (.*?)(?: \\[(-W[\\w=+-]{1,60})\\])?$',
        file: 1,
        line: 2,
        column: 3,
        severity: 4,
        message: 5,
        code: 6,
      },
    ],
  },
  {
    owner: 'go',
    pattern: [
      {
        regexp: '^(?:vet: )?([\\w./@+-]{1,300}\\.go):(\\d{1,7}):(\\d{1,7}): (.*)$',
        file: 1,
        line: 2,
        column: 3,
        message: 4,
      },
    ],
  },
  {
    owner: 'eslint-stylish',
    pattern: [
      { regexp: '^(\\S.{0,300}\\.\\w{1,10})$', file: 1 },
      {
        regexp: '^\\s+(\\d{1,7}):(\\d{1,7})\\s+(error|warning)\\s+(.{1,1000}?)(?:\\s\\s+([\\w@/-]{1,100}))?$',
        line: 1,
        column: 2,
        severity: 3,
        message: 4,
        code: 5,
        loop: true,
      },
    ],
  },
];
