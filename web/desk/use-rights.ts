import { useMemo } from 'react';
import type { Text } from '#core/base/text.ts';
import type { Kind } from '#core/matter/kind.ts';
import { useKinds } from '../api/cache.ts';
import { maySend, raisable, sight } from '../api/kinds.ts';
import { useSession } from '../session/session.tsx';
import { closingKindFor } from '../travel/closures.ts';
import { mayTellWeather } from '../travel/weather.ts';
import { D } from './words.ts';

/** What the person at this desk can do here at all; what they cannot is not offered. */
export interface Rights {
  /** Kinds they may raise, those that send forces first. */
  readonly raises: readonly Kind[];
  /** The verb on the button that opens the intake; null when there is nothing to raise. */
  readonly raise: Text | null;
  readonly sends: boolean;
  /** May close roads, bridges, piers, and open them again. */
  readonly closes: boolean;
  /** May tell the weather. */
  readonly tells: boolean;
  /** May ask what can be reached: everybody at a desk. */
  readonly reaches: boolean;
  readonly sees: ReturnType<typeof sight>;
}

export const useRights = (): Rights => {
  const { session } = useSession();
  const declared = useKinds().data;
  return useMemo(() => {
    const raises = raisable(declared, session.roles);
    return {
      raises,
      raise: raises.length === 1 ? (raises[0]?.raise.name ?? null) : raises.length === 0 ? null : D.newCall,
      sends: maySend(declared, session.roles),
      closes: closingKindFor(declared, session.roles) !== null,
      tells: mayTellWeather(session.roles),
      reaches: true,
      // Until the declarations are here nothing is said about anyone's sight.
      sees: declared === undefined ? 'all' : sight(declared, session.roles),
    };
  }, [declared, session.roles]);
};
