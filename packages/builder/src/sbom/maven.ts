/**
 * Maven has no lock file: what stands here are the dependencies that the poms of the repository declare, with the versions and
 * properties that they say themselves. What comes with those, and versions from a parent elsewhere, Maven alone would know; so a bill
 * with them says of itself that it is incomplete.
 */
import { parseXml } from '../reports/xml.ts';
import { baseName, type Component, fieldsOf, type LockReader, textOf } from './component.ts';

interface Pom {
  readonly group: string | null;
  readonly artifact: string | null;
  readonly properties: ReadonlyMap<string, string>;
  readonly dependencies: readonly Dependency[];
  readonly managed: readonly Dependency[];
}

interface Dependency {
  readonly group: string;
  readonly artifact: string;
  readonly version: string | null;
  readonly scope: string | null;
}

export const maven: LockReader = {
  isIncomplete: true,
  reads: (path) => baseName(path) === 'pom.xml',
  async components(files) {
    const roots = await Promise.all(files.map(({ text }) => parseXml(text)));
    const poms = roots.map(({ project }) => readPom(fieldsOf(project)));
    const own = new Set(poms.map(({ group, artifact }) => `${group}:${artifact}`));
    const known = new Map(poms.flatMap(({ properties }) => [...properties]));
    const managed = new Map(poms.flatMap((pom) => pom.managed).map((it) => [`${it.group}:${it.artifact}`, it.version]));
    return poms
      .flatMap((pom) => pom.dependencies.map((it) => ({ ...it, properties: new Map([...known, ...pom.properties]) })))
      .filter(({ group, artifact, properties }) => !own.has(`${filled(group, properties)}:${artifact}`))
      .map(({ properties, ...it }) =>
        component({ ...it, version: it.version ?? managed.get(`${it.group}:${it.artifact}`) ?? null }, properties),
      );
  },
};

function readPom(project: ReturnType<typeof fieldsOf>): Pom {
  const parent = fieldsOf(project.parent);
  const group = textOf(project.groupId) ?? textOf(parent.groupId);
  const version = textOf(project.version) ?? textOf(parent.version);
  const named = Object.entries(fieldsOf(project.properties)).flatMap(([name, it]) =>
    textOf(it) ? [[name, String(it)] as const] : [],
  );
  return {
    group,
    artifact: textOf(project.artifactId),
    properties: new Map([...named, ['project.groupId', group ?? ''], ['project.version', version ?? '']]),
    dependencies: dependenciesIn(project.dependencies),
    managed: dependenciesIn(fieldsOf(project.dependencyManagement).dependencies),
  };
}

function dependenciesIn(value: unknown): Dependency[] {
  return [fieldsOf(value).dependency].flat().flatMap((it) => {
    const { groupId, artifactId, version, scope } = fieldsOf(it);
    const [group, artifact] = [textOf(groupId), textOf(artifactId)];
    return group && artifact ? [{ group, artifact, version: textOf(version), scope: textOf(scope) }] : [];
  });
}

function component(
  { group, artifact, version, scope }: Dependency,
  properties: ReadonlyMap<string, string>,
): Component {
  const exact = version === null ? null : filled(version, properties);
  return {
    name: filled(artifact, properties),
    group: filled(group, properties),
    version: exact?.includes('$') ? null : exact,
    ecosystem: 'maven',
    scope: scope === 'test' || scope === 'provided' ? 'excluded' : 'required',
    hashes: [],
  };
}

/** One step of it: a property that stands for another property is rare, and one that stands for itself must not hang us. */
const filled = (text: string, properties: ReadonlyMap<string, string>): string =>
  text.replace(/\$\{([^{}]{1,200})\}/g, (whole, name: string) => properties.get(name) ?? whole);
