import type { ErrorCode, ErrorParams } from './errors.ts'
import { administering } from './errorText/administering.ts'
import { connecting } from './errorText/connecting.ts'
import { engineProcess } from './errorText/engineProcess.ts'
import { keeping } from './errorText/keeping.ts'
import { signingIn } from './errorText/signingIn.ts'
import { transferring } from './errorText/transferring.ts'
import type { ErrorText, Words } from './errorText/words.ts'

export type { ErrorText } from './errorText/words.ts'

const words: Words = { ...connecting, ...signingIn, ...transferring, ...keeping, ...engineProcess, ...administering }

/** Every code of the closed list. */
export const errorCodes: readonly ErrorCode[] = Object.keys(words).filter((code): code is ErrorCode => Object.hasOwn(words, code))

/**
 * What an error says to a person. Takes thrown errors and stored ones alike.
 * A code that isn't known here came from a newer Mailferry's ledger; it is shown as it is instead of hiding the row.
 */
export const describe = <Code extends ErrorCode>(error: { readonly code: Code; readonly params: ErrorParams[Code] }): ErrorText => {
  if (!Object.hasOwn(words, error.code)) return words.internal({ detail: `the error ${error.code} is not known to this version` })
  return words[error.code](error.params)
}

/** Message and next step in one text, for logs and reports. */
export const sentence = (text: ErrorText): string => `${text.message} ${text.next}`
