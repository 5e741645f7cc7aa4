import type { Text } from '#core/base/text.ts';
import type { Refusal } from '#core/matter/refusal.ts';

/** Why a use case refused: the machine's refusals, and those only the whole site can know. */
export interface AppRefusal {
  readonly code:
    | Refusal['code']
    | 'kind-unknown'
    | 'matter-unknown'
    | 'matter-elsewhere'
    | 'personal-elsewhere'
    | 'step-waits'
    | 'force-unknown'
    | 'file-unknown'
    | 'idempotency-key-reused';
  readonly words?: Text;
  readonly details: Refusal['details'];
}
