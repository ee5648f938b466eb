import type { EngineState } from '../editor/engineClient.ts'
import type { TroubleNode } from './rows/node.ts'
import type { Row } from './rows/row.ts'
import type { Wording } from './wording.ts'

/** Why there is nothing to see, above the ways out; nothing while the engine works or is about to. */
export function troubleMessage({ l10n, describe }: Wording, state: EngineState): string | undefined {
  if (state.state === 'restarting') return l10n.t('The engine ended and is started again. Running jobs go on.')
  if (state.state !== 'failed') return undefined
  const { message, next } = describe(state.reason)
  return `${message} ${next}`
}

export const waysOut: readonly TroubleNode[] = [
  { type: 'trouble', offer: 'restartEngine' },
  { type: 'trouble', offer: 'showLog' },
]

export function troubleRow({ l10n }: Wording, { offer }: TroubleNode): Row {
  const label = offer === 'showLog' ? l10n.t('Show log') : l10n.t('Try again')
  return { label, icon: { symbol: offer === 'showLog' ? 'output' : 'refresh' }, tokens: [], children: 'none', spoken: label, click: offer }
}
