/**
 * What a job asks of an agent, one word each: `dotnet`, `dotnet>=8`, `node=20`, `cores>=4`, `memory>=16`, `disk>=10`,
 * `os=linux`, `arch=arm64`. Versions are compared number by number, and sizes as the one number that they are.
 */
import type { Capabilities } from '../entities/agent.ts';
import type { Job, Toolchain } from '../entities/job.ts';
import { requirement as requirementSchema } from '../entities/schema.ts';

/** A word, a sign, a version: only what has this form is ever accepted. */
const REQUIREMENT = new RegExp(requirementSchema.pattern);

/** The program that a toolchain cannot do without. */
const TOOL_OF: Readonly<Record<Toolchain, string | null>> = {
  dotnet: 'dotnet',
  npm: 'npm',
  maven: 'mvn',
  make: 'make',
  shell: null,
};

export const isRequirement = (word: string): boolean => REQUIREMENT.test(word);

/** Everything a job requires: what it names, and the tool of its toolchain. */
export function requirementsOf(job: Job): readonly string[] {
  const tool = job.toolchain && TOOL_OF[job.toolchain];
  return tool ? [...job.requires, tool] : job.requires;
}

export function meets(capabilities: Capabilities, requirement: string): boolean {
  const [, word, sign, wanted] = REQUIREMENT.exec(requirement) ?? [];
  if (!word) return false;
  const size = sizeOf(capabilities, word);
  // 12.57 is less than 12.6 as a size, and more as a version.
  if (size !== undefined && sign && wanted) return holds(size - Number(wanted), sign);
  const installed = versionsOf(capabilities, word.toLowerCase());
  if (!sign || !wanted) return installed.length > 0;
  return installed.some((has) => holds(compareVersions(has, wanted), sign));
}

/** Any one of several that are installed side by side will do. */
function versionsOf(capabilities: Capabilities, word: string): readonly string[] {
  const has = measureOf(capabilities, word);
  const { sdks = {} } = capabilities;
  const more = Object.hasOwn(sdks, word) ? (sdks[word] ?? []) : [];
  return has === undefined ? more : [has, ...more];
}

function sizeOf({ cores, memoryGB, diskGB }: Capabilities, word: string): number | undefined {
  const sizes = new Map([
    ['cores', cores],
    ['memory', memoryGB],
    ['disk', diskGB],
  ]);
  return sizes.get(word.toLowerCase());
}

function measureOf(capabilities: Capabilities, word: string): string | undefined {
  const size = sizeOf(capabilities, word);
  if (size !== undefined) return String(size);
  if (word === 'os') return capabilities.os.toLowerCase();
  if (word === 'arch') return capabilities.arch.toLowerCase();
  // A tool may be asked for by a name that every object has, such as `constructor`.
  return Object.hasOwn(capabilities.tools, word) ? capabilities.tools[word] : undefined;
}

function holds(order: number, sign: string): boolean {
  if (sign === '=') return order === 0;
  if (sign === '>=') return order >= 0;
  if (sign === '<=') return order <= 0;
  return sign === '>' ? order > 0 : order < 0;
}

/** As many parts as the shorter names: `20` equals `20.20.2`, and `8` is less than `10.0`. */
export function compareVersions(has: string, wanted: string): number {
  const left = has.toLowerCase().split('.');
  const right = wanted.toLowerCase().split('.');
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const order = comparePart(left[at] ?? '', right[at] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

function comparePart(left: string, right: string): number {
  const [a, b] = [Number(left), Number(right)];
  if (Number.isFinite(a) && Number.isFinite(b)) return Math.sign(a - b);
  return left === right ? 0 : left < right ? -1 : 1;
}
