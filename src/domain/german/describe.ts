import type { ErrorCode, ErrorParams } from '../errors.ts'
import type { ErrorText, Words } from '../errorText/words.ts'
import { administering } from './errors/administering.ts'
import { connecting } from './errors/connecting.ts'
import { engineProcess } from './errors/engineProcess.ts'
import { keeping } from './errors/keeping.ts'
import { signingIn } from './errors/signingIn.ts'
import { transferring } from './errors/transferring.ts'

const words: Words = { ...connecting, ...signingIn, ...transferring, ...keeping, ...engineProcess, ...administering }

/** As `describe` of `errorText.ts`, in German. */
export const describeInGerman = <Code extends ErrorCode>(error: { readonly code: Code; readonly params: ErrorParams[Code] }): ErrorText => {
  if (!Object.hasOwn(words, error.code)) return words.internal({ detail: `the error ${error.code} is not known to this version` })
  return words[error.code](error.params)
}
