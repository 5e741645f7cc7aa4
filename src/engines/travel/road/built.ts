import type { GraphArrays, HierarchyArrays } from './arrays.ts';
import type { RoadData } from './data.ts';
import { buildGraph } from './graph.ts';
import { buildHierarchy } from './hierarchy.ts';

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
