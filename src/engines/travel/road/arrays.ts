/**
 * The graph that is searched: a *state* per directed edge that some mode may use, an *arc* per allowed turn from one to the next.
 * States 0 … are the directed edges in order; after them come the copies that remember part of a manoeuvre forbidden over several ways.
 * Plain typed arrays, written to a file as they are. Built by `graph.ts`.
 */
export interface GraphArrays {
  /** Directed edge of a state: 2 × edge, and 1 more when driven from `edge_to` to `edge_from`. */
  readonly state_edge: Int32Array;
  /** First state of a directed edge (length 2 × edges), -1 where nobody may use it. */
  readonly edge_state: Int32Array;
  /** Arcs of a state: `arc_*[arc_start[s] … arc_start[s + 1]]`, by `arc_to`. Length states + 1. */
  readonly arc_start: Int32Array;
  readonly arc_to: Int32Array;
  /** Modes that may turn so; never 0. */
  readonly arc_modes: Uint8Array;
  /** Place in `TURNS`. */
  readonly arc_turn: Uint8Array;
}

/** What kind of turn an arc is; `along` where there is no junction for vehicles, and nothing to slow down for. */
export const TURNS = ['along', 'left', 'right', 'straight', 'about'] as const;

/**
 * The order of contraction and all shortcuts, whatever the weights. States are numbered anew by their *rank* (lowest is contracted first).
 * An upward arc leads from a rank to a higher one, a downward arc from a higher one to it; both are kept at the lower rank, by the higher.
 * Plain typed arrays, written to a file as they are. Built by `hierarchy.ts`.
 */
export interface HierarchyArrays {
  /** State of a rank. */
  readonly rank_state: Int32Array;
  /** Elimination tree over ranks: the next higher one a climb comes to, -1 at a root. */
  readonly parent: Int32Array;
  /** `up_*[up_start[r] … up_start[r + 1]]`. Length states + 1. */
  readonly up_start: Int32Array;
  /** The higher rank the arc leads to. */
  readonly up_head: Int32Array;
  /** Arc of the graph it is, -1 where it is only a shortcut. */
  readonly up_arc: Int32Array;
  readonly down_start: Int32Array;
  /** The higher rank the arc comes from. */
  readonly down_head: Int32Array;
  readonly down_arc: Int32Array;
}
