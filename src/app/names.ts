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

  /** The first file or unit stated in a happening that is not there, or not of the sort the fact takes. */
  async missing(kind: Kind, happening: Happening): Promise<AppRefusal | null> {
    const stated = 'facts' in happening.body && !Array.isArray(happening.body.facts) ? happening.body.facts : undefined;
    for (const [name, value] of Object.entries((stated ?? {}) as Readonly<Record<string, Json>>)) {
      const fact = kind.facts[name];
      if (fact?.type !== 'file' && fact?.type !== 'unit') continue;
      for (const one of new Set(Array.isArray(value) ? value : [value])) {
        const wrong = await this.#wrong(fact, String(one));
        if (wrong !== null) return { code: wrong, details: [{ path: name, message: String(one) }] };
      }
    }
    return null;
  }

  /** Why the subject of a step that begins a part is not right; null when it is, or the step begins none. */
  missingSubject(kind: Kind, step: string, subject: string | null): AppRefusal | null {
    if (kind.steps[step]?.part?.from !== 'none') return null;
    if (subject === null) return { code: 'subject-missing', details: [{ path: 'subject', message: 'required' }] };
    const known = this.#roster.get(subject as ForceId) !== null;
    return known ? null : { code: 'force-unknown', details: [{ path: 'subject', message: subject }] };
  }

  async #wrong(fact: Fact, name: string): Promise<'file-unknown' | 'force-unknown' | 'fact-invalid' | null> {
    if (fact.type === 'file') return (await this.#hasFile(name)) ? null : 'file-unknown';
    const standing = this.#roster.get(name as ForceId);
    if (standing === null) return 'force-unknown';
    return fact.units === undefined || fact.units.includes(standing.force.kind) ? null : 'fact-invalid';
  }
}
