import type { EngineEvent } from '../../rpc/events.ts'
import type { Output } from '../output.ts'

/** Tells a person where to sign in. The code is good for one sign-in, and only together with the person's own password. */
export function sayDeviceCode(out: Output, event: EngineEvent): void {
  if (event.event !== 'deviceCode') return
  const { page, userCode, until } = event
  out.say(event, [
    `Open ${page} and enter the code ${userCode} (good until ${until.slice(11, 16)} UTC).`,
    'Only if you started this yourself: never enter a code that somebody sent you.',
  ])
}
