import type { Land } from '#world/places/land.ts';
import type { GraphArrays, HierarchyArrays } from './arrays.ts';
import type { RoadData } from './data.ts';
import { buildGraph } from './graph.ts';
import { groundOf } from './ground.ts';
import { buildHierarchy } from './hierarchy.ts';
import { createRoads } from './open.ts';
import type { Roads } from './roads.ts';
import { createSnap, snapBy } from './snap.ts';

/** The roads of a place with everything that is made of them once, whoever moves on them and whatever is closed. */
export interface BuiltRoads {
  readonly data: RoadData;
  readonly graph: GraphArrays;
  readonly hierarchy: HierarchyArrays;
}

/** Some 0.1 s for the 3,000 edges of the demonstration city. */
export const buildRoads = (data: RoadData): BuiltRoads => {
  const graph = buildGraph(data);
  return { data, graph, hierarchy: buildHierarchy(data, graph) };
};

/**
 * Built roads ready to be asked, joined by positions on the land of the place.
 * @param land null where none is drawn: then positions are joined across whatever lies between
 */
export const readyRoads = ({ data, graph, hierarchy }: BuiltRoads, land: Land | null): Roads =>
  createRoads(data, graph, hierarchy, snapBy(createSnap(data, land === null ? null : groundOf(land))));
