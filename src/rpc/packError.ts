import { asMailferryError } from '../domain/asMailferryError.ts'
import type { StoredError } from '../domain/pair.ts'

/** Whatever was thrown; what isn't ours becomes `internal`. */
export const packError = (thrown: unknown): StoredError => {
  const { code, params } = asMailferryError(thrown)
  // The class ties the two fields together, which its type can't say.
  return { code, params } as StoredError
}
