import { type RefObject, useState } from 'react';
import type { ForceView, MatterRow } from '#wire/api.ts';
import type { MapHandle } from '../map/map-view.tsx';
import { useOpenMatter } from './selection.ts';
import type { View } from './use-view.ts';

/** What is looked at: list and map select together; a second click on the same goes back to where the map was. */
export interface Focus {
  readonly matter: string | null;
  readonly force: string | null;
  readonly candidate: string | null;
  readonly setCandidate: (force: string | null) => void;
  /** Which of the candidate's ways is looked at; null for the first. */
  readonly way: string | null;
  readonly setWay: (key: string | null) => void;
  readonly setForce: (force: string | null) => void;
  readonly openMatter: (id: string | null) => void;
  readonly choose: (row: MatterRow) => void;
  readonly show: (force: ForceView) => void;
  readonly openById: (id: string) => void;
  /** Up (-1) or down (1) in the list. */
  readonly move: (by: -1 | 1) => void;
}

/** @param right_px how far right of its middle the map brings what is chosen, where something covers its left */
export const useFocus = (view: View, map: RefObject<MapHandle | null>, right_px: number): Focus => {
  const [matter, openMatter] = useOpenMatter();
  const [force, setForce] = useState<string | null>(null);
  const [candidate, chooseCandidate] = useState<string | null>(null);
  const [way, setWay] = useState<string | null>(null);
  const setCandidate = (one: string | null): void => {
    chooseCandidate(one);
    setWay(null);
  };
  const choose = (row: MatterRow): void => {
    setCandidate(null);
    if (row.id === matter) {
      openMatter(null);
      map.current?.goBack();
      return;
    }
    openMatter(row.id);
    if (row.position !== null) map.current?.goTo(row.position, right_px);
  };
  const show = (one: ForceView): void => {
    if (one.id === force) {
      setForce(null);
      map.current?.goBack();
      return;
    }
    setForce(one.id);
    map.current?.goTo(one.position ?? one.home, right_px);
  };
  const openById = (id: string): void => {
    const row = view.openRows.find((one) => one.id === id);
    if (row !== undefined && id !== matter) choose(row);
    else openMatter(id);
  };
  const move = (by: -1 | 1): void => {
    const at = view.rows.findIndex((row) => row.id === matter);
    const next = view.rows[at < 0 ? 0 : Math.min(view.rows.length - 1, Math.max(0, at + by))];
    if (next !== undefined && next.id !== matter) choose(next);
  };
  return { matter, force, candidate, setCandidate, way, setWay, setForce, openMatter, choose, show, openById, move };
};
