import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { ExchangeClass } from '../../sim/sites/node.ts';
import { simulate } from '../../sim/sites/simulate.ts';

const SOURCE = path.join(import.meta.dirname, '../../src');
const DAYS = 10;
const SEEDS = 40;

/** A fault planted in the protocol: one text of one file replaced by another. */
interface Mutant {
  readonly what: string;
  readonly file: string;
  readonly find: string;
  readonly put: string;
}

const MUTANTS: readonly Mutant[] = [
  {
    what: 'S2 events are kept although they are not those the head was signed for',
    file: 'copy.ts',
    find: "if (hashes.at(-1) !== head.last || rootOf(digest, tree) !== head.root) return 'differs';",
    put: '',
  },
  {
    what: 'S2 the signature of what is given is not looked at',
    file: 'copy.ts',
    find: "if (!verifyHead(verifier, head)) return 'unsigned';",
    put: '',
  },
  {
    what: 'S4 an ask that is not answered is waited for for ever',
    file: 'holding.ts',
    find: 'until: (now + this.#patience_ms) as Instant',
    put: 'until: Infinity as Instant',
  },
  {
    what: 'S3 events are passed on before they are on disk',
    file: 'exchange.ts',
    find: 'holding.piece = piece;\n',
    put: 'holding.piece = piece;\n    this.#passOn(holding.copy.origin, piece.head, piece.events.map((event) => event.text));\n',
  },
  {
    what: 'S3 events are folded before they are on disk',
    file: 'exchange.ts',
    find: 'holding.piece = piece;\n',
    put: "holding.piece = piece;\n    this.#outputs.push({ type: 'fold', origin: holding.copy.origin, events: piece.events });\n",
  },
  {
    what: 'S6 nobody is told but when something happens',
    file: 'exchange.ts',
    find: 'for (const peer of this.#peers.keys()) this.#tellAllTo(peer);',
    put: '',
  },
  {
    what: 'S7 a write that failed is waited for for ever',
    file: 'holding.ts',
    find: 'drop(now: Instant): void {\n    this.piece = null;',
    put: 'drop(now: Instant): void {',
  },
  {
    what: 'S7 whatever comes while one is written waits',
    file: 'holding.ts',
    find: 'if (this.#deferred.length < DEFERRED_MAX) this.#deferred.push',
    put: 'this.#deferred.push',
  },
  {
    what: 'S5 a site that signed twice is not noticed',
    file: 'exchange.ts',
    find: 'if (holding.fork !== null) return;\n    holding.freeze(fork);',
    put: 'return;',
  },
  {
    what: 'S5 a fork is kept to oneself',
    file: 'exchange.ts',
    find: "if (this.#setup.concerns(peer, fork.origin)) this.#send(peer, { type: 'fork', fork });",
    put: '',
  },
  {
    what: 'S5 a copy goes on after its site signed twice',
    file: 'exchange.ts',
    find: 'if (holding === null || holding.fork !== null) return;\n    if (holding.piece',
    put: 'if (holding === null) return;\n    if (holding.piece',
  },
  {
    what: 'S5 what a proof shows is believed unproven',
    file: 'copy.ts',
    find: "if (!verifyConsistency(digest, claim)) return 'void';",
    put: '',
  },
  {
    what: 'S2 heads that are told are believed unsigned',
    file: 'exchange.ts',
    find: 'if (!holding.isKnown(head) && !verifyHead(this.#verifier(head.site), head)) {',
    put: 'if (false) {',
  },
  {
    what: 'S2 a head is known by its signature alone',
    file: 'holding.ts',
    find: 'headText(one) === text',
    put: 'one.signature === head.signature',
  },
  {
    what: 'S8 a site that is behind writes on',
    file: 'exchange.ts',
    find: 'if (isBehind) this.#hold();\n    else if',
    put: 'if',
  },
  {
    what: 'S8 a site that was put back waits for nobody',
    file: 'exchange.ts',
    find: 'setup.is_restored ? setup.neighbours : []',
    put: '[]',
  },
  {
    what: 'S8 a neighbour that told of one ledger counts as heard',
    file: 'exchange.ts',
    find: 'if (all && isSound && this.#unheard.delete(from))',
    put: 'if (isSound && this.#unheard.delete(from))',
  },
  {
    what: 'S8 a neighbour that was misheard counts as heard',
    file: 'exchange.ts',
    find: 'if (all && isSound && this.#unheard.delete(from))',
    put: 'if (all && this.#unheard.delete(from))',
  },
  {
    what: 'S8 a site takes for its own what others signed with its key',
    file: 'exchange.ts',
    find: 'if (holding.copy.origin === this.#setup.self && this.#hasGrown) return this.#stolen(piece.head);',
    put: '',
  },
];

const dir = mkdtempSync(path.join(tmpdir(), 'qundao-mutants-'));
after(() => rmSync(dir, { recursive: true, force: true }));

/** The protocol with the fault in it, beside the true one. */
const planted = async ({ file, find, put }: Mutant, index: number): Promise<ExchangeClass> => {
  const own = path.join(dir, String(index));
  mkdirSync(own);
  writeFileSync(
    path.join(own, 'package.json'),
    JSON.stringify({ type: 'module', imports: { '#core/*': './core/*', '#sites/*': './sites/*' } }),
  );
  symlinkSync(path.join(SOURCE, 'core'), path.join(own, 'core'));
  cpSync(path.join(SOURCE, 'sites'), path.join(own, 'sites'), { recursive: true });
  const target = path.join(own, 'sites', file);
  const source = readFileSync(target, 'utf8');
  assert.equal(source.split(find).length, 2, `${file} no longer has, exactly once: ${find}`);
  writeFileSync(
    target,
    source.replace(find, () => put),
  );
  const module = (await import(pathToFileURL(path.join(own, 'sites/exchange.ts')).href)) as { Exchange: ExchangeClass };
  return module.Exchange;
};

/** The first seed whose course breaks a rule, and which. */
const caughtBy = (make: ExchangeClass): string | null => {
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const [first] = simulate(seed, DAYS, make).violations;
    if (first !== undefined) return `${first.rule} by seed ${seed}: ${first.what}`;
  }
  return null;
};

describe('faults planted in the exchange of ledgers are caught by the simulation', () => {
  for (const [index, mutant] of MUTANTS.entries()) {
    it(mutant.what, async (context) => {
      const caught = caughtBy(await planted(mutant, index));
      assert.notEqual(caught, null, 'no checker noticed');
      context.diagnostic(caught ?? '');
    });
  }
});
