/** `yarn.lock`, that of yarn 1 in its own form and the later one in YAML. */
import { baseName, type Component, fieldsOf, hashesFrom, type LockReader, textOf } from './component.ts';

export const yarnLock: LockReader = {
  reads: (path) => baseName(path) === 'yarn.lock',
  async components(files) {
    const { parse } = await import('yaml');
    return files.flatMap(({ text }) => (/^# yarn lockfile v1/m.test(text) ? classic(text) : modern(parse(text))));
  },
};

const required = { ecosystem: 'npm', scope: 'required' } as const;

/** An entry begins at the margin: `"@babel/core@^7.0.0", "@babel/core@^7.1.0":` */
function classic(text: string): Component[] {
  return text.split(/\n(?=[^\s#])/).flatMap((entry) => {
    const [, name, wanted = ''] = /^"?(@?[^@"\n]+)@([^",:\n]*:?)/.exec(entry) ?? [];
    // A folder or an archive of the repository itself.
    if (/^(file|link):$/.test(wanted)) return [];
    const version = /^ {2}version "([^"\n]+)"/m.exec(entry)?.[1];
    const integrity = /^ {2}integrity (\S+)/m.exec(entry)?.[1];
    return name && version ? [{ ...required, name, version, hashes: hashesFrom(integrity) }] : [];
  });
}

/** Its checksums are of yarn's own archives, and nobody else's. */
function modern(value: unknown): Component[] {
  return Object.values(fieldsOf(value)).flatMap((it) => {
    const { resolution, version } = fieldsOf(it);
    const name = /^(@?[^@]+)@npm:/.exec(textOf(resolution) ?? '')?.[1];
    return name && textOf(version) ? [{ ...required, name, version: textOf(version), hashes: [] }] : [];
  });
}
