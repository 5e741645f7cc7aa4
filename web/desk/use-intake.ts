import { useCallback, useState } from 'react';
import { type GeoPosition, isPosition } from '../matter/values.ts';
import { type Draft, emptyDraft } from './draft.ts';

type Picked = (at: GeoPosition) => void;

/** The call being taken: open or folded, its draft, and whether the map is being pointed at for it. */
export interface IntakeState {
  readonly open: boolean;
  readonly setOpen: (open: boolean) => void;
  readonly draft: Draft;
  readonly setDraft: (change: (draft: Draft) => Draft) => void;
  readonly picking: boolean;
  readonly pick: (onPicked: Picked) => void;
  readonly picked: (at: GeoPosition) => void;
  readonly stopPicking: () => void;
  /** The position chosen so far, for the map. */
  readonly where: GeoPosition | null;
}

export const useIntake = (): IntakeState => {
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(''));
  const [onPicked, setOnPicked] = useState<Picked | null>(null);
  const pick = useCallback((next: Picked) => setOnPicked(() => next), []);
  const stopPicking = useCallback(() => setOnPicked(null), []);
  const picked = (at: GeoPosition): void => {
    onPicked?.({ lon: round(at.lon), lat: round(at.lat) });
    stopPicking();
  };
  const where = open ? (Object.values(draft.facts).find(isPosition) ?? null) : null;
  return { open, setOpen, draft, setDraft, picking: onPicked !== null, pick, picked, stopPicking, where };
};

/** A pointed place is no better than a metre; more digits only make it harder to read. */
const round = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;
