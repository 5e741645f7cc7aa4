import type { ForceId } from '#core/base/ids.ts';
import type { Json } from '#core/base/json.ts';
import type { Happening } from '#core/matter/happening.ts';
import type { Fact, Kind } from '#core/matter/kind.ts';
import type { AppRefusal } from './refusals.ts';
import type { Roster } from './views/roster.ts';

/** Checks that the files and units a command names exist here: the machine only knows what a name looks like. */
export class Names {
  readonly #roster: Roster;
  readonly #hasFile: (id: string) => Promise<boolean>;

  constructor(roster: Roster, hasFile: (id: string) => Promise<boolean>) {
    this.#roster = roster;
    this.#hasFile = hasFile;
  }

  /** The first unit stated in a happening that is not there, or not of the sort the fact takes. */
  wrong(kind: Kind, happening: Happening): AppRefusal | null {
    const stated = statedIn(happening);
    for (const name in stated) {
      const fact = kind.facts[name];
      if (fact?.type !== 'unit') continue;
      for (const unit of namesIn(stated[name])) {
        const code = this.#wrongUnit(fact, unit);
        if (code !== null) return { code, details: [{ path: name, message: unit }] };
      }
    }
    return null;
  }

  /** Why the subject of a step that begins a part is not right; null when it is, or the step begins none. */
  wrongSubject(kind: Kind, step: string, subject: string | null): AppRefusal | null {
    if (kind.steps[step]?.part?.from !== 'none') return null;
    if (subject === null) return { code: 'subject-missing', details: [{ path: 'subject', message: 'required' }] };
    const known = this.#roster.get(subject as ForceId) !== null;
    return known ? null : { code: 'force-unknown', details: [{ path: 'subject', message: subject }] };
  }

  /** True when there is a file to look up. */
  namesFile(kind: Kind, happening: Happening): boolean {
    for (const name in statedIn(happening)) if (kind.facts[name]?.type === 'file') return true;
    return false;
  }

  /** The first file stated in a happening that is not there. */
  async missingFile(kind: Kind, happening: Happening): Promise<AppRefusal | null> {
    const stated = statedIn(happening);
    for (const name in stated) {
      if (kind.facts[name]?.type !== 'file') continue;
      for (const file of namesIn(stated[name])) {
        if (!(await this.#hasFile(file))) return { code: 'file-unknown', details: [{ path: name, message: file }] };
      }
    }
    return null;
  }

  #wrongUnit(fact: Fact, unit: string): 'force-unknown' | 'fact-invalid' | null {
    const standing = this.#roster.get(unit as ForceId);
    if (standing === null) return 'force-unknown';
    return fact.units === undefined || fact.units.includes(standing.force.kind) ? null : 'fact-invalid';
  }
}

const statedIn = (happening: Happening): Readonly<Record<string, Json>> | undefined =>
  'facts' in happening.body && !Array.isArray(happening.body.facts)
    ? (happening.body.facts as Readonly<Record<string, Json>>)
    : undefined;

const namesIn = (value: Json | undefined): ReadonlySet<string> =>
  new Set((Array.isArray(value) ? value : [value]).map(String));
