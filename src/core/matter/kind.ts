import type { Json } from '#core/base/json.ts';
import type { Text } from '#core/base/text.ts';

/**
 * What a kind of matter declares. Plain data: it is sent to the screens as it is, and from it come routes, checks, forms,
 * deadlines, the state diagram and the contract suite. The machine never knows a kind by name.
 */
export interface Kind {
  /** Lower-case letters, digits, dashes: `non-police-matter`. */
  readonly id: string;
  /** Raised when a declaration changes in a way that old events must be upcast for. */
  readonly version: number;
  readonly group: string;
  /** Numbers of the mission's systems it serves, e.g. `M1`. */
  readonly missions: readonly string[];
  readonly name: Text;
  readonly about: Text;
  /** Lowest first; a matter is at exactly one level. */
  readonly levels: readonly Level[];
  readonly facts: Readonly<Record<string, Fact>>;
  readonly states: Readonly<Record<string, State>>;
  readonly initial: string;
  readonly raise: Raise;
  readonly steps: Readonly<Record<string, Step>>;
  readonly outcomes: Readonly<Record<string, Outcome>>;
  readonly clocks: Readonly<Record<string, Clock>>;
  readonly parts: Readonly<Record<string, Part>>;
  readonly measures: Readonly<Record<string, Measure>>;
  /** Who may see a matter of this kind at all, and who of them belongs to its room (may speak and attach). */
  readonly sees: readonly Grant[];
  readonly speaks: readonly Grant[];
  /** Which facts make its row in a list. */
  readonly row: Row;
  /** Present when the public page raises matters of this kind, for people without an account. One kind of a deployment has it. */
  readonly public?: Public;
  /** Step by which the holder of the receipt judges what was done; taken once. */
  readonly rating?: string;
  /** Present when forces are sent to matters of this kind. */
  readonly dispatch?: Dispatch;
  /** Present when a matter of this kind keeps everybody from using something while it is in one of these states. */
  readonly closes?: Closes;
}

export interface Level {
  readonly id: string;
  readonly name: Text;
}

/** A role of the deployment (`dispatcher`), declared in kinds/roles.ts. */
export type Role = string;

/**
 * Someone to whom something is granted: a role, optionally bound to the matter.
 * `subject`: acts for the part's own subject. `part`: acts for a subject of such a part while it is active, with `kept` also
 * in the states that keep the matter in sight.
 * `fact`: acts for the unit that fact names. `raiser`: raised the matter. `receipt`: holds its receipt.
 */
export interface Grant {
  readonly role: Role;
  readonly bound?:
    | 'subject'
    | 'raiser'
    | 'receipt'
    | { readonly part: string; readonly kept?: true }
    | { readonly fact: string };
}

export type FactType =
  | 'line'
  | 'paragraph'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'choice'
  | 'instant'
  | 'position'
  | 'phone'
  | 'unit'
  | 'matter'
  | 'file';

export interface Fact {
  readonly name: Text;
  readonly type: FactType;
  /** single: one value, concurrent ones conflict visibly. set: union. log: all kept in order. */
  readonly merge: 'single' | 'set' | 'log';
  /** For `choice`: value → words. */
  readonly choices?: Readonly<Record<string, Text>>;
  readonly min?: number;
  readonly max?: number;
  /** Longest text in characters; 200 for a line, 4,000 for a paragraph unless told. */
  readonly max_length?: number;
  readonly unit?: Text;
  /** For `instant`: it cannot lie in the future. */
  readonly past?: true;
  /** Sealed in the ledger; read only with a purpose, on the record. */
  readonly personal?: true;
  /** Shown to whoever holds the receipt. */
  readonly open?: true;
  /** Narrows who may read it; the kind's `sees` unless told. */
  readonly reads?: readonly Grant[];
  readonly hint?: Text;
  /** For `unit`: the kinds of force that may be named; any unless told. */
  readonly units?: readonly string[];
}

export interface State {
  readonly name: Text;
  /** False: the loop is closed here. */
  readonly open: boolean;
  /** Whose turn it is. Every open state has one. */
  readonly owner: readonly Grant[];
  /** Clocks that run while the matter is here. Every open state has one. */
  readonly clocks: readonly string[];
  /** What the reporter reads while the matter is here. */
  readonly tells: Text;
}

/** How a matter comes into being. */
export interface Raise {
  readonly name: Text;
  readonly who: readonly Grant[];
  readonly takes: Takes;
  readonly sets?: Readonly<Record<string, Json>>;
  /** Begins a part for each unit a `set` fact of units lists. */
  readonly parts?: { readonly of: string; readonly each: string; readonly to: string };
  /** Level it starts at, the lowest unless a rule says otherwise. */
  readonly level?: readonly LevelRule[];
}

/** What the public page asks. Whoever reports there need not know whose work it is: that is for those who take it in. */
export interface Public {
  /** Facts that may be stated there, and no others, in the order they are asked; `raise.takes` says which are required. */
  readonly asks: readonly string[];
  /** What the page states by itself, e.g. where the report came from. */
  readonly sets?: Readonly<Record<string, Json>>;
}

export type Takes = Readonly<Record<string, 'required' | 'optional'>>;

export interface LevelRule {
  readonly when: Condition;
  readonly level: string;
}

/** A named action in certain states that certain people may take. */
export interface Step {
  /** The verb on the button. */
  readonly name: Text;
  /** States it may be taken in; `*` for every state, `open` for every open one. */
  readonly from: readonly string[] | '*' | 'open';
  /** Where the matter goes: the first rule whose condition holds *after* the step's own changes; stays when none does. */
  readonly to?: string | readonly Rule[];
  /** Moves one part; the command then names its subject. */
  readonly part?: { readonly of: string; readonly from: readonly string[] | 'none'; readonly to: string };
  readonly who: readonly Grant[];
  readonly takes: Takes;
  /** Taken once for each outcome the matter comes to: what it states is not silently stated over. */
  readonly once?: true;
  readonly sets?: Readonly<Record<string, Json>>;
  /** An outcome by name, or the fact whose value names it. */
  readonly outcome?: string | { readonly fact: string };
  readonly level?: 'up' | 'down' | { readonly fact: string };
  /** Refused unless every condition holds; `otherwise` says why in words. */
  readonly needs?: readonly { readonly that: Condition; readonly otherwise: Text }[];
  /** Links this matter with the one a fact names; the other one learns of it. */
  readonly links?: { readonly fact: string; readonly relation: Relation };
  /** Raises a matter of another kind and links it: its fact → our fact. */
  readonly opens?: {
    readonly kind: string;
    readonly relation: Relation;
    readonly carries: Readonly<Record<string, string>>;
  };
  /** Words of the consequence when the step cannot be undone and deserves a question first. */
  readonly danger?: Text;
  /** The main thing to do here; drawn first. */
  readonly primary?: true;
}

export interface Rule {
  readonly when: Condition;
  readonly to: string;
}

export type Relation = 'duplicate' | 'follows' | 'supports' | 'related';

export type Condition =
  | { readonly state: readonly string[] }
  | { readonly level: readonly string[] }
  | { readonly fact: string; readonly in: readonly Json[] }
  | { readonly has: string }
  | { readonly some: string; readonly in: readonly string[] }
  | { readonly none: string; readonly in: readonly string[] }
  | { readonly not: Condition }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] };

/** How it ended; apart from the state it ended in. */
export interface Outcome {
  readonly name: Text;
  /** What the reporter is told. Every outcome tells something. */
  readonly tells: Text;
}

/** A deadline. */
export interface Clock {
  readonly name: Text;
  /** wall: every second counts. working: only the working hours of the calendar. */
  readonly runs: 'wall' | 'working';
  readonly limit_s: Limit;
  /** One running account per level: leaving a level stops its clock, coming back goes on with what is left. */
  readonly per_level?: true;
  /** What happens when it runs out: the matter may move, its level rise; those named are told. */
  readonly fires: {
    readonly to?: string | readonly Rule[];
    readonly part_to?: string;
    readonly level?: 'up';
    readonly outcome?: string;
    readonly tells: readonly Grant[];
  };
}

/** Seconds, fixed or by the value of a fact or the level. */
export type Limit =
  | number
  | {
      readonly by: 'level' | { readonly fact: string };
      readonly of: Readonly<Record<string, number>>;
      readonly otherwise: number;
    };

/** One member's share in a matter (a force engaged, a department asked): a small state machine per subject. */
export interface Part {
  readonly name: Text;
  readonly states: Readonly<Record<string, PartState>>;
}
export interface PartState {
  readonly name: Text;
  /** True while the subject is bound by the matter. */
  readonly active: boolean;
  /** Not active any more, but has worked on the matter and keeps it in sight (`kept` grants). */
  readonly keeps?: true;
  readonly clocks?: readonly string[];
}

/** A time the kind is measured by, from the first of one mark to the first of another. */
export interface Measure {
  readonly name: Text;
  /** `raised`, `step:<name>` or `state:<name>`. */
  readonly from: string;
  readonly to: string;
}

export interface Row {
  /** Facts whose words make the first line. */
  readonly title: readonly string[];
  readonly place?: string;
  readonly position?: string;
  readonly urgency?: string;
}

export interface Dispatch {
  readonly part: string;
  /** Fact with the position to go to. */
  readonly position: string;
  /** Step by which a force is offered the matter. */
  readonly offer: string;
  /** What a force in each active part state is to every screen: `assigned`, `on_the_way`, `on_scene`, `unavailable`. */
  readonly shows: Readonly<Record<string, string>>;
  /** Skills asked for, by the value of a fact. */
  readonly skills: { readonly fact: string; readonly of: Readonly<Record<string, readonly string[]>> };
}

/** Facts that say what is closed (the id of a way, pier, line or area), why, and for how long. */
export interface Closes {
  readonly states: readonly string[];
  readonly what: string;
  readonly why: string;
  /** Instants; from when it was raised, and until it is opened again, where they are not stated. */
  readonly from?: string;
  readonly until?: string;
}
