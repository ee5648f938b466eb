import { describe } from '../../domain/errorText.ts'
import type { PairState } from '../../domain/pair.ts'
import { counted } from './units.ts'

/** A pair's state in a few words, with what to do about it where somebody has to. */
export function stateText(state: PairState): string {
  switch (state.state) {
    case 'new':
      return 'not started'
    case 'running':
      return `running (${state.phase})`
    case 'waiting': {
      const { message, next } = describe(state.error)
      return `waiting for ${state.for === 'person' ? 'somebody' : state.for === 'server' ? 'the server' : state.for}${state.until === undefined ? '' : ` until ${state.until}`}: ${message} ${next}`
    }
    case 'failed': {
      const { message, next } = describe(state.error)
      return `failed: ${message} ${next}`
    }
    case 'completedWithDifferences':
      return `completed with ${counted(state.differences, 'difference')}`
    default:
      return state.state
  }
}
