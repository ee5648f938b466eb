import { MailferryError } from '../../../domain/errors.ts'
import { EwsRefusal } from '../soap/ewsRefusal.ts'
import { troubleOfCode } from '../soap/trouble.ts'
import { errorOfTrouble, type TroubleContext } from '../soap/troubleError.ts'

/** What a typed call threw, as one of ours. */
export function errorOfRefusal(thrown: unknown, context: TroubleContext): MailferryError {
  if (thrown instanceof MailferryError) return thrown
  if (thrown instanceof EwsRefusal) return errorOfTrouble(context, troubleOfCode(thrown.code))
  return new MailferryError('internal', { detail: thrown instanceof Error ? thrown.message : String(thrown) })
}
